import type { ServerSetup } from '../server/server-messages.ts';
import type { ServerProcess } from '../server/server-process.ts';
import { Learners } from './learners.ts';

const PROCESSES = 2;

/** New sessions of one address: here all have one. */
export const CLASS_LIMITS = {
  hellosPerMinutePerAddress: 100_000,
  resumesPerMinutePerAddress: 100_000,
} satisfies ServerSetup['limits'];

/** So many learners of a server, in processes of their own. */
export function startLearners(server: ServerProcess, count: number): Promise<Learners[]> {
  const echo = server.labPort('Raw echo');
  return Promise.all(Array.from({ length: PROCESSES }, () => Learners.start(server.url, count / PROCESSES, echo)));
}
