import type { ServerSetup } from '../server/server-messages.ts';
import type { ServerProcess } from '../server/server-process.ts';
import { Learners } from './learners.ts';

const PROCESSES = 2;

/** New sessions of one address: here all have one. */
export const CLASS_LIMITS = {
  hellosPerMinutePerAddress: 100_000,
  resumesPerMinutePerAddress: 100_000,
} satisfies ServerSetup['limits'];

/** So many learners of a server, in processes of their own; each learner of the class has another name. */
export function startLearners(server: ServerProcess, count: number): Promise<Learners[]> {
  const echo = server.labPort('Raw echo');
  const each = count / PROCESSES;
  return Promise.all(
    Array.from({ length: PROCESSES }, (_, nth) => Learners.start(server.url, { count: each, first: nth * each, echo })),
  );
}
