import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import type { Milliseconds, Port } from '../../protocol/units.ts';
import { areEqual } from '../../trace/bytes/first-difference.ts';
import type { Recording } from '../../trace/export/recording.ts';
import { SocketRecorder } from '../../trace/recorder.ts';
import { type BytesLike, toBytes } from './bytes.ts';
import { Call, runAtOnce, type Step } from './expectation.ts';
import { show, showDifference } from './show.ts';
import { endpointOf } from './tcp/connect-tcp.ts';
import { type PeerOptions, TIMEOUT } from './tcp/tcp-peer.ts';
import { now, recordingOf } from './time-line.ts';
import { Refusal, Waiting, type WaitOptions } from './waiting.ts';

export type Datagram = { readonly bytes: Uint8Array; readonly from: Endpoint };
export type BindOptions = Omit<PeerOptions, 'halfOpen'> & { readonly port?: Port; readonly host?: string };

/** A UDP socket, held by a test. Datagrams that come are kept, and taken in their order. */
export class UdpPeer implements AsyncDisposable {
  readonly host: string;
  readonly port: Port;
  /** @internal */
  readonly recorder: SocketRecorder;
  readonly #socket: Socket;
  readonly #timeout: Milliseconds;
  readonly #step: Step;
  readonly #waiting = new Waiting();
  readonly #datagrams: Datagram[] = [];
  #taken = 0;
  #isClosed = false;

  /** @internal */
  constructor(socket: Socket, { timeout = TIMEOUT, step = runAtOnce }: BindOptions) {
    const { address, port } = socket.address();
    this.host = address;
    this.port = port;
    this.#socket = socket;
    this.#timeout = timeout;
    this.#step = step;
    this.recorder = new SocketRecorder({ kind: 'udp', now });
    this.recorder.local = { host: address, port };
    this.recorder.call('bind', { text: this.address });
    socket.on('message', (bytes, { address: host, port: from }) => {
      this.recorder.moved('recvfrom', 'received', bytes, { text: formatEndpoint(host, from) });
      this.#datagrams.push({ bytes: Uint8Array.from(bytes), from: { host, port: from } });
      this.#waiting.wake();
    });
    // ECONNREFUSED of an earlier sendto: UDP goes on.
    socket.on('error', () => undefined);
  }

  get address(): string {
    return formatEndpoint(this.host, this.port);
  }
  /** All that came, in order. */
  get datagrams(): readonly Datagram[] {
    return this.#datagrams;
  }

  /** The next datagram. @throws {SocketExpectationError} none came in time */
  async receive({ timeout = this.#timeout }: WaitOptions = {}): Promise<Datagram> {
    const call = new Call(this.receive);
    return await this.#run('receive', call, () => this.#next(call, timeout));
  }
  /** The next datagram has these bytes, no more and no fewer. @throws {SocketExpectationError} */
  async expectDatagram(
    expected: BytesLike,
    { from, timeout = this.#timeout }: WaitOptions & { readonly from?: Port | Endpoint } = {},
  ): Promise<Datagram> {
    const call = new Call(this.expectDatagram);
    const wanted = toBytes(expected);
    return await this.#run(`expect ${show(wanted)}`, call, async () => {
      const datagram = await this.#next(call, timeout);
      if (!areEqual(datagram.bytes, wanted)) {
        throw call.error(`the datagram differs:\n${showDifference(wanted, datagram.bytes)}`);
      }
      const { host, port } = datagram.from;
      const sender = from === undefined ? datagram.from : endpointOf(from);
      if (sender.host !== host || sender.port !== port) {
        const text = `from ${formatEndpoint(host, port)}, expected from ${formatEndpoint(sender.host, sender.port)}`;
        throw call.error(`the datagram came ${text}`);
      }
      return datagram;
    });
  }
  /** One datagram. It may be lost, as any. @throws {SocketExpectationError} the test has closed the socket */
  sendTo(to: Port | Endpoint, data: BytesLike): void {
    if (this.#isClosed) throw new Call(this.sendTo).error('the test has closed the socket');
    const { host, port } = endpointOf(to);
    const bytes = toBytes(data);
    this.recorder.moved('sendto', 'sent', bytes, { text: formatEndpoint(host, port) });
    this.#socket.send(bytes, port, host, () => undefined);
  }
  /** To where the last datagram came from. @throws {SocketExpectationError} none has come */
  reply(data: BytesLike): void {
    const last = this.#datagrams.at(-1);
    if (!last) throw new Call(this.reply).error('no datagram has come that could be answered');
    this.sendTo(last.from, data);
  }
  recording(): Recording {
    return recordingOf([this.recorder]);
  }
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.recorder.call('close');
    this.#waiting.wake();
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #next(call: Call, timeout: Milliseconds): Promise<Datagram> {
    const look = (): Datagram | Refusal | undefined =>
      this.#datagrams[this.#taken] ?? (this.#isClosed ? new Refusal('the test has closed the socket') : undefined);
    const datagram = await this.#waiting.until(call, timeout, look, () => `no datagram came to ${this.address}`);
    this.#taken += 1;
    return datagram;
  }
  async #run<T>(title: string, call: Call, run: () => Promise<T>): Promise<T> {
    return await this.#step(`udp ${this.address}: ${title}`, call.site, run);
  }
}

/** Binds a UDP socket on loopback, to a free port unless one is named. @throws {Error} the system's */
export async function bindUdp(options: BindOptions = {}): Promise<UdpPeer> {
  const { port = 0, host = '127.0.0.1' } = options;
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  socket.bind({ port, address: host, exclusive: true });
  await once(socket, 'listening');
  return new UdpPeer(socket, options);
}
