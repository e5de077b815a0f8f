import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Port } from '../../protocol/units.ts';
import type { Config } from '../../server/config.ts';
import type { LookupAll } from '../../server/gateway/dial/names.ts';
import type { GatewayLimits } from '../../server/gateway/limits.ts';

export type LabName =
  | 'Timestamp echo'
  | 'Threaded echo'
  | 'Raw echo'
  | 'Datagram echo'
  | 'Trouble'
  | 'Discard'
  | 'Daytime'
  | 'Character generator';

export type PlaygroundOptions = Partial<
  Pick<Config, 'mode' | 'allow' | 'token' | 'origins' | 'listenPorts' | 'logLevel' | 'hasPython'>
> & {
  readonly limits?: Partial<GatewayLimits>;
  /** The kernel's own where it can be had, unless the other is asked for. */
  readonly acceptQueue?: 'kernel' | 'emulated';
  /** What the lab servers take the time for: as Date reads it, in local time where no zone is named. */
  readonly now?: string | (() => Date);
  /** Unless one is given, no name is looked up: all are unknown. */
  readonly lookup?: LookupAll;
};

/** A whole playground of a test's own: the page, the gateway and the lab servers, on free ports of loopback. */
export type TestPlayground = AsyncDisposable & {
  /** The page's address, with a slash behind. */
  readonly url: string;
  readonly port: Port;
  /** What the page Teach is opened with: `…/teach#key=` and this. */
  readonly teachKey: string;
  /** Where a lab server is. @throws {Error} there is none of the name */
  lab(name: LabName): Endpoint;
  close(): Promise<void>;
};

/** For `lookup`, where no name server is to be asked: nobody is called anything here. */
export async function noDns(name: string): Promise<never> {
  throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
}

/** It prints nothing. Needs Node 24.20 or newer (of Node 26: 26.7). @throws {Error} the system's */
export async function startPlayground(options: PlaygroundOptions = {}): Promise<TestPlayground> {
  // Not before it is asked for: all else here runs on older Nodes, and without the server's packages.
  const [{ startPlayground: start }, { createEmulatedAcceptQueues }] = await Promise.all([
    import('../../server/start-playground.ts'),
    import('../../server/net/emulated-accept-queue.ts'),
  ]);
  const { now, acceptQueue, lookup = noDns, ...rest } = options;
  const today = typeof now === 'string' ? fixed(now) : now;
  const running = await start({
    logLevel: 'silent',
    ...rest,
    port: 0,
    labPorts: 0,
    state: undefined,
    lookup,
    ...(today ? { today } : {}),
    ...(acceptQueue === 'emulated' ? { queues: createEmulatedAcceptQueues() } : {}),
  });
  const { url, port, lab, classroom, close } = running;
  return {
    url,
    port,
    teachKey: classroom?.key.text ?? '',
    lab: (name) => {
      const server = lab.servers.find((one) => one.name === name);
      if (!server) throw new Error(`no lab server ${name}: there are ${lab.servers.map((one) => one.name).join(', ')}`);
      return { host: server.host, port: server.port };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function fixed(text: string): () => Date {
  const time = new Date(text).getTime();
  if (Number.isNaN(time)) throw new Error(`now: ${JSON.stringify(text)} is no date`);
  return () => new Date(time);
}
