import { join } from 'node:path';
import type { Endpoint, LabServer, Stats } from '../../protocol/messages.ts';
import type { Port } from '../../protocol/units.ts';
import { codeOfError } from '../net/system-error.ts';
import type { LabContext } from './lab-context.ts';
import { LabListener } from './lab-listener.ts';
import type { LabProgram } from './lab-program.ts';

const IPV6_LOOPBACK = '::1';
/** How often a free port of IPv4 is looked for that is free in IPv6 too. */
const PAIR_ATTEMPTS = 8;
/** The port asked for is somebody else's, or not for us. */
const PORT_TAKEN = new Set(['EADDRINUSE', 'EACCES']);
/** The system has no such address, path or family: the server does without. */
const NOT_HERE = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EACCES', 'EINVAL', 'ENAMETOOLONG', 'EOPNOTSUPP', 'EPERM']);

export type Place = { readonly host: string; readonly port: Port; readonly directory: string };

/** One program of the lab on all its listening sockets: IPv4, IPv6 at the same port where that is free, a Unix path. */
export class LabTcpServer {
  readonly description: LabServer;
  readonly #listeners: readonly LabListener[];

  private constructor(description: LabServer, listeners: readonly LabListener[]) {
    this.description = description;
    this.#listeners = listeners;
  }

  /** @throws {Error} if it can listen on no port of IPv4. */
  static async open(program: LabProgram, context: LabContext, place: Place): Promise<LabTcpServer> {
    const listeners = await openPair(program, context, place);
    const path = program.path === undefined ? undefined : await openPath(program, context, place.directory);
    if (path) listeners.push(path);
    const [first] = listeners;
    if (!first) throw new Error(`${program.name} listens nowhere`);
    const description: LabServer = {
      name: program.name,
      protocol: 'tcp',
      host: first.endpoint.host,
      port: first.endpoint.port,
      preferredPort: place.port === 0 ? first.endpoint.port : place.port,
      backlog: program.backlog,
      ...(path && { path: path.endpoint.host }),
    };
    return new LabTcpServer(description, listeners);
  }

  /** Of all its listening sockets, those who wait; `max` is that of one. */
  stats(): Stats['lab'][number] {
    const pending = this.#listeners.map((listener) => listener.pending);
    const counts = this.#listeners.map((listener) => listener.counts);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    return {
      name: this.description.name,
      waiting: sum(pending.map(({ waiting }) => waiting)),
      max: Math.max(...pending.map(({ max }) => max)),
      served: sum(counts.map(({ served }) => served)),
      connected: sum(counts.map(({ connected }) => connected)),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
  }
}

async function openPair(program: LabProgram, context: LabContext, { host, port }: Place): Promise<LabListener[]> {
  const open = (at: Endpoint) => LabListener.open(program, context, at);
  for (let attempt = 1; ; attempt += 1) {
    const ipv4 = await open({ host, port }).catch((error: unknown) => {
      if (port !== 0 && PORT_TAKEN.has(codeOfError(error) ?? '')) return open({ host, port: 0 });
      throw error;
    });
    try {
      return [ipv4, await open({ host: IPV6_LOOPBACK, port: ipv4.endpoint.port })];
    } catch (error) {
      const code = codeOfError(error) ?? '';
      if (NOT_HERE.has(code)) return [ipv4];
      const isOwnPort = ipv4.endpoint.port === port;
      if (isOwnPort || attempt === PAIR_ATTEMPTS) return [ipv4, await open({ host: IPV6_LOOPBACK, port: 0 })];
      await ipv4.close();
    }
  }
}

async function openPath(program: LabProgram, context: LabContext, directory: string): Promise<LabListener | undefined> {
  const host = join(directory, program.path ?? '');
  return LabListener.open(program, context, { host, port: 0 }).catch((error: unknown) => {
    if (NOT_HERE.has(codeOfError(error) ?? '')) return undefined;
    throw error;
  });
}
