import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Milliseconds } from '../../protocol/units.ts';
import { eventually, percentile, Report, type SoakProgram } from '../program.ts';
import { ServerProcess } from '../server/server-process.ts';
import { CLASS_LIMITS, startLearners } from './class-limits.ts';
import { Learners, type LearnersTask, type LearnersTold } from './learners.ts';
import { measured, workInRoom } from './live-room.ts';
import { spotlight, watching } from './looking.ts';
import { raisedHands } from './raised-hands.ts';
import { Teacher } from './teacher.ts';

const SECOND = 1_000;
/** The bound of echoes is of two measurements on one machine: below so much it is what the scheduler does. */
const ECHO_NOISE: Milliseconds = 5;
/** As many as fit an instructor's screen. */
const CARDS = 32;

/**
 * A live class: T1 to T5 and T7 to T11 of its figures. T6, the instructor's browser tab, is measured by class-tab. In short, what
 * compares two measurements (T4, T7, and the processor time of T5 and of hands) is left out: it is of a quiet machine, and of 500 seats.
 */
export const liveClass: SoakProgram = async ({ isLong }) => {
  const count = isLong ? 500 : 50;
  const seconds = isLong ? 20 : 2;
  const report = new Report();
  const folder = mkdtempSync(join(tmpdir(), 'soak-class-'));
  const setup = { state: join(folder, 'state'), limits: CLASS_LIMITS };
  let server = await ServerProcess.start(setup, 8_192);
  const { port, url } = server;
  const echo = server.labPort('Raw echo');
  const learners = await startLearners(server, count);
  const [teacher, cards] = [new Teacher(url), new Teacher(url)];
  const all = (task: LearnersTask): Promise<LearnersTold[]> => Promise.all(learners.map((each) => each.ask(task)));
  try {
    await Promise.all([teacher.entered, cards.entered, all({ do: 'enter' })]);
    // Each has its socket: what is measured afterwards are echoes, and not how it was opened.
    await all({ do: 'work', seconds: 1, reports: false });
    const alone = isLong ? await measured(server, () => all({ do: 'work', seconds, reports: false })) : undefined;
    const before = await server.state();
    await teacher.create(server.teachKey);
    const { code, room = '' } = teacher.room.model;

    const joined = await all({ do: 'join', code, over: isLong ? 10 * SECOND : SECOND / 2 });
    const took = joined.flatMap((told) => told.took ?? []);
    report.atMost('T1 joined p99', percentile(took, 0.99), 300, 'ms');
    report.atMost(
      'refused',
      joined.reduce((sum, told) => sum + (told.refused ?? 0), 0),
      0,
    );

    await cards.room.comeBack({ room, key: server.teachKey });
    await cards.room.ask('view', { seats: Array.from({ length: CARDS }, (_, index) => index + 1) });
    await eventually('all tiles are told', 30 * SECOND, () => cards.room.model.tiles.size === count);
    const worked = await measured(server, () => workInRoom({ server, teacher, learners }, seconds, cards));
    const { drawn, echoes, gridRate, cardsRate } = worked.result;
    report.atMost('T2 step to tile p50', percentile(drawn, 0.5), 500, 'ms');
    report.atMost('p99', percentile(drawn, 0.99), SECOND, 'ms');
    report.atMost('T3 grid', gridRate / SECOND, 64, 'kB/s');
    report.atMost(`with ${CARDS} cards`, cardsRate / SECOND, 16, 'kB/s');
    if (alone) {
      report.atMost('T4 room work', 100 * (worked.load - alone.load), 10, '% of a core');
      const [off, on] = [alone.result.flatMap((told) => told.echoes ?? []), echoes].map((times) =>
        percentile(times, 0.99),
      );
      report.tell('T7 echo p99 without', off ?? 0, 'ms');
      report.atMost('with', on ?? 0, Math.max(1.1 * (off ?? 0), (off ?? 0) + ECHO_NOISE), 'ms');
      report.tell('longest turn without', alone.longestTurn, 'ms');
      report.tell('longest turn with', worked.longestTurn, 'ms');
    }
    const after = await server.state();
    report.atMost('T9 memory a seat', (after.used - before.used) / count / 1_000, 20, 'kB');

    await watching({ server, teacher, learners }, isLong ? 3 : 1, report);
    await spotlight({ server, teacher, learners }, isLong, report);
    await raisedHands({ server, teacher, learners }, isLong, report);

    const hostile = await Learners.start(url, { count: 20, first: count, echo });
    await hostile.ask({ do: 'enter' });
    await hostile.ask({ do: 'join', code, over: SECOND / 2 });
    const attack = hostile.ask({ do: 'attack', seconds });
    const besieged = await workInRoom({ server, teacher, learners }, seconds);
    await attack;
    hostile.stop();
    report.atMost('T10 step to tile p99 among 20 hostile seats', percentile(besieged.drawn, 0.99), SECOND, 'ms');

    const confirmed = (await all({ do: 'state' })).flatMap((told) => told.confirmed ?? []);
    const queue = queueOf(teacher, count);
    await server.kill();
    const start = performance.now();
    server = await ServerProcess.start({ ...setup, port }, 8_192);
    await eventually('all seats are back', 60 * SECOND, async () => {
      const told = await all({ do: 'state' });
      return told.reduce((sum, { here = 0 }) => sum + here, 0) === count && (await isTeaching(teacher));
    });
    report.atMost('T8 back after kill -9', (performance.now() - start) / SECOND, 15, 's');
    const stored = new Map((await teacher.room.exportSteps()).map(({ seat, steps }) => [seat, steps.length]));
    const lost = confirmed.filter(([seat, steps]) => (stored.get(seat) ?? 0) < steps).length;
    report.atMost('seats that lost a confirmed step', lost, 0);
    const again = queueOf(teacher, count);
    const moved = queue.filter((seat, index) => again[index] !== seat).length;
    report.atMost('places of the queue that changed', moved, 0);
  } finally {
    for (const each of learners) each.stop();
    for (const { client } of [teacher, cards]) client.leave();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return report.outcome;
};

/** Who asks for help, in their order; hostile seats came last. */
function queueOf({ room }: Teacher, count: number): number[] {
  return room.model.help.map(({ seat }) => seat).filter((seat) => seat <= count);
}

/** Has its page come back to the room? An answer that the session did not live to see is none. */
function isTeaching({ room }: Teacher): Promise<boolean> {
  return room.ask('view', {}).then(
    () => true,
    () => false,
  );
}
