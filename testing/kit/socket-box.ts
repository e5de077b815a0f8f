import type { Milliseconds } from '../../protocol/units.ts';
import type { Recording } from '../../trace/export/recording.ts';
import type { SocketRecorder } from '../../trace/recorder.ts';
import { Call, type Step } from './expectation.ts';
import { type ConnectOptions, connectTcp } from './tcp/connect-tcp.ts';
import type { TcpPeer } from './tcp/tcp-peer.ts';
import { type ProxyOptions, proxyTcp, type TcpProxy } from './tcp/tcp-proxy.ts';
import { type ListenOptions, listenTcp, type Script, type TcpServer } from './tcp/tcp-server.ts';
import { recordingOf } from './time-line.ts';
import { type BindOptions, bindUdp, type UdpPeer } from './udp-peer.ts';

/** All sockets that one test opens: made with its options, recorded, and closed when it ends. */
export class SocketBox {
  readonly #servers: TcpServer[] = [];
  readonly #clients: TcpPeer[] = [];
  readonly #datagrams: UdpPeer[] = [];
  readonly #proxies: TcpProxy[] = [];
  readonly #defaults: { readonly timeout: Milliseconds; readonly step: Step };

  constructor(timeout: Milliseconds, step: Step) {
    this.#defaults = { timeout, step };
  }

  readonly listenTcp = async (script?: Script | string, options?: ListenOptions): Promise<TcpServer> => {
    const call = new Call(this.listenTcp);
    return kept(this.#servers, await listenTcp(script, { call, ...this.#defaults, ...options }));
  };
  readonly connectTcp = async (to: Parameters<typeof connectTcp>[0], options?: ConnectOptions): Promise<TcpPeer> =>
    kept(this.#clients, await connectTcp(to, { ...this.#defaults, ...options }));
  readonly bindUdp = async (options?: BindOptions): Promise<UdpPeer> =>
    kept(this.#datagrams, await bindUdp({ ...this.#defaults, ...options }));
  readonly proxyTcp = async (to: Parameters<typeof proxyTcp>[0], options?: ProxyOptions): Promise<TcpProxy> =>
    kept(this.#proxies, await proxyTcp(to, options));

  /** Of all sockets; none of a test that opened none. */
  get recording(): Recording | undefined {
    const recorders: SocketRecorder[] = [
      ...this.#servers.flatMap(({ recorders: of }) => of),
      ...this.#proxies.flatMap(({ recorders: of }) => of),
      ...[...this.#clients, ...this.#datagrams].map(({ recorder }) => recorder),
    ];
    return recorders.length === 0 ? undefined : recordingOf(recorders);
  }
  /** What a reader of the recording needs besides. */
  get notes(): readonly string[] {
    return this.#proxies.map(({ address, seed }) => `proxy ${address}: faults of seed ${seed}`);
  }
  /** Ends everything. @returns what scripts threw that nobody was told */
  async close(): Promise<readonly unknown[]> {
    // Servers first: a script that still waits fails for that, not for what its client does at the end.
    const servers = await Promise.allSettled(this.#servers.map((server) => server.close()));
    for (const peer of this.#clients) peer.destroy();
    await Promise.all([...this.#proxies, ...this.#datagrams].map((one) => one.close()));
    return servers.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  }
}

function kept<T>(list: T[], one: T): T {
  list.push(one);
  return one;
}
