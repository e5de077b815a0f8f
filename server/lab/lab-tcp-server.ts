import { join } from 'node:path';
import type { Microseconds } from '../../protocol/units.ts';
import type { LabContext } from './lab-context.ts';
import { LabListener } from './lab-listener.ts';
import type { LabProgram } from './lab-program.ts';
import type { Place, RunningServer } from './lab-server.ts';
import { openPair } from './open-pair.ts';

/** Runs one program of the lab: on IPv4, on IPv6 and, where it has one and the system too, on a Unix path. */
export async function openTcpServer(program: LabProgram, context: LabContext, place: Place): Promise<RunningServer> {
  const pair = await openPair((at) => LabListener.open(program, context, at), place);
  const path = program.path === undefined ? undefined : await openPath(program.path, program, context, place);
  const listeners = path ? [...pair, path] : pair;
  const { host, port } = (pair[0] as LabListener).endpoint;
  const total = (value: (listener: LabListener) => number) => listeners.reduce((sum, each) => sum + value(each), 0);
  return {
    description: {
      name: program.name,
      protocol: 'tcp',
      host,
      port,
      preferredPort: place.port === 0 ? port : place.port,
      backlog: program.backlog,
      ...(path && { path: path.endpoint.host }),
    },
    stats: () => ({
      name: program.name,
      waiting: total(({ pending }) => pending.waiting),
      // Each listening socket has a queue of this length.
      max: program.backlog,
      served: total(({ counts }) => counts.served),
      connected: total(({ counts }) => counts.connected),
      ...longestServed(listeners),
    }),
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}

/** Each of its listeners serves one at a time, where the program does: of those the longest. */
function longestServed(listeners: readonly LabListener[]): { since?: Microseconds } {
  const times = listeners.flatMap(({ since }) => since ?? []);
  return times.length === 0 ? {} : { since: Math.min(...times) };
}

/** Without Unix sockets, or in a temporary directory whose path is too long for one, the server does without. */
async function openPath(name: string, program: LabProgram, context: LabContext, { directory }: Place) {
  return LabListener.open(program, context, { host: join(directory, name), port: 0 }).catch(() => undefined);
}
