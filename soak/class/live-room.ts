import type { Milliseconds } from '../../protocol/units.ts';
import { soon } from '../program.ts';
import type { ServerProcess } from '../server/server-process.ts';
import type { Learners } from './learners.ts';
import type { Teacher } from './teacher.ts';

const SECOND = 1_000;
/** A tile that comes later than this breaks its bound, whenever it comes. */
const LATEST: Milliseconds = 1_500;

export type LiveRoom = {
  readonly server: ServerProcess;
  readonly teacher: Teacher;
  readonly learners: readonly Learners[];
};

/** The share of a core that the server's process took meanwhile, and the longest turn of its event loop. */
export async function measured<Result>(server: ServerProcess, run: () => Promise<Result>) {
  const [start, before] = [performance.now(), await server.glance()];
  const result = await run();
  const after = await server.glance();
  const load = (after.cpu - before.cpu) / (performance.now() - start);
  return { result, load, longestTurn: after.longestTurn };
}

/** Each echoes, and does a step now and then. `cards`: an instructor who has cards in view. */
export async function workInRoom({ teacher, learners }: LiveRoom, seconds: number, cards?: Teacher) {
  for (const each of [teacher, cards]) each?.forgetSeen();
  const start = performance.now();
  const told = await Promise.all(learners.map((each) => each.ask({ do: 'work', seconds, reports: true })));
  const took = performance.now() - start;
  const rateOf = (each: Teacher | undefined): number => (SECOND * (each?.gridBytes ?? 0)) / took;
  const [gridRate, cardsRate] = [rateOf(teacher), rateOf(cards)];
  const met = told.flatMap((each) => each.met ?? []);
  await soon(LATEST, () => met.every(([seat, step]) => teacher.seen.has(`${seat} ${step}`)));
  // A tile that never came counts as one that came when it was given up.
  const now = Date.now();
  const drawn = met.map(([seat, step, at]) => (teacher.seen.get(`${seat} ${step}`) ?? now) - at);
  return { drawn, gridRate, cardsRate, echoes: told.flatMap((each) => each.echoes ?? []) };
}
