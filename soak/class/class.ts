import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Milliseconds } from '../../protocol/units.ts';
import { eventually, pause, percentile, Report, type SoakProgram } from '../program.ts';
import { ServerProcess } from '../server/server-process.ts';
import { CLASS_LIMITS, startLearners } from './class-limits.ts';
import { Learners, type LearnersTask, type LearnersTold } from './learners.ts';
import { Teacher } from './teacher.ts';

const SECOND = 1_000;
/** A delta of 4 KiB four times a second: a busy ladder's 16 KiB/s. */
const MIRROR = { each: 250, bytes: 4_096 } as const;
/** The bound of echoes is of two measurements on one machine: below so much it is what the scheduler does. */
const ECHO_NOISE: Milliseconds = 5;

type Class = { readonly server: ServerProcess; readonly teacher: Teacher; readonly learners: readonly Learners[] };

/**
 * A live class: T1 to T5 and T7 to T11 of its figures. T6, the instructor's browser tab, is measured by class-tab. In short, what
 * compares two measurements (T4, T7, and the processor time of T5) is left out: it is of a quiet machine, and of 500 seats.
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
  const teacher = new Teacher(url);
  const all = (task: LearnersTask): Promise<LearnersTold[]> => Promise.all(learners.map((each) => each.ask(task)));
  try {
    await teacher.entered;
    await all({ do: 'enter' });
    // Each has its socket: what is measured afterwards are echoes, and not how it was opened.
    await all({ do: 'work', seconds: 1, reports: false });
    const alone = isLong ? await measured(server, () => all({ do: 'work', seconds, reports: false })) : undefined;
    const before = await server.state();
    await teacher.create(server.teachKey);
    const { code } = teacher.room.model;

    const joined = await all({ do: 'join', code, over: isLong ? 10 * SECOND : SECOND / 2 });
    const took = joined.flatMap((told) => told.took ?? []);
    report.atMost('T1 joined p99', percentile(took, 0.99), 300, 'ms');
    report.atMost(
      'refused',
      joined.reduce((sum, told) => sum + (told.refused ?? 0), 0),
      0,
    );

    const room = await measured(server, () => workInRoom({ server, teacher, learners }, seconds));
    const { drawn, echoes, gridRate } = room.result;
    report.atMost('T2 step to tile p50', percentile(drawn, 0.5), 500, 'ms');
    report.atMost('p99', percentile(drawn, 0.99), SECOND, 'ms');
    report.atMost('T3 grid', gridRate / SECOND, 64, 'kB/s');
    if (alone) {
      report.atMost('T4 room work', 100 * (room.load - alone.load), 10, '% of a core');
      const [off, on] = [alone.result.flatMap((told) => told.echoes ?? []), echoes].map((times) =>
        percentile(times, 0.99),
      );
      report.tell('T7 echo p99 without', off ?? 0, 'ms');
      report.atMost('with', on ?? 0, Math.max(1.1 * (off ?? 0), (off ?? 0) + ECHO_NOISE), 'ms');
    }
    const after = await server.state();
    report.atMost('T9 memory a seat', (after.used - before.used) / count / 1_000, 20, 'kB');

    await watching({ server, teacher, learners }, isLong ? 3 : 2, report);
    await spotlight({ server, teacher, learners }, isLong, report);

    const hostile = await Learners.start(url, 20, echo);
    await hostile.ask({ do: 'enter' });
    await hostile.ask({ do: 'join', code, over: SECOND });
    const attack = hostile.ask({ do: 'attack', seconds });
    const besieged = await workInRoom({ server, teacher, learners }, seconds);
    await attack;
    hostile.stop();
    report.atMost('T10 step to tile p99 among 20 hostile seats', percentile(besieged.drawn, 0.99), SECOND, 'ms');

    const confirmed = (await all({ do: 'state' })).flatMap((told) => told.confirmed ?? []);
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
  } finally {
    for (const each of learners) each.stop();
    teacher.client.leave();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return report.outcome;
};

/** The share of a core that the server's process took meanwhile. */
async function measured<Result>(
  server: ServerProcess,
  run: () => Promise<Result>,
): Promise<{ result: Result; load: number }> {
  const [start, before] = [performance.now(), await server.glance()];
  const result = await run();
  const after = await server.glance();
  return { result, load: (after.cpu - before.cpu) / (performance.now() - start) };
}

async function workInRoom({ teacher, learners }: Class, seconds: number) {
  teacher.seen.clear();
  teacher.gridBytes = 0;
  const start = performance.now();
  const told = await Promise.all(learners.map((each) => each.ask({ do: 'work', seconds, reports: true })));
  const gridRate = (SECOND * teacher.gridBytes) / (performance.now() - start);
  // A tile that never came counts as one that came when it was given up.
  const now = Date.now();
  const met = told.flatMap((each) => each.met ?? []);
  const drawn = met.map(([seat, step, at]) => (teacher.seen.get(`${seat} ${step}`) ?? now) - at);
  return { drawn, gridRate, echoes: told.flatMap((each) => each.echoes ?? []) };
}

/** T11: the past at once, then live; twenty who look cost the learner one upload. */
async function watching({ server, teacher, learners }: Class, seconds: number, report: Report): Promise<void> {
  const [source] = learners as [Learners];
  const { confirmed = [] } = await source.ask({ do: 'state' });
  const seat = confirmed[0]?.[0] ?? 1;
  const { room: id = '' } = teacher.room.model;
  const watchers = Array.from({ length: 20 }, () => new Teacher(server.url));
  await Promise.all(watchers.map(({ entered }) => entered));
  const { asked: before = 0 } = await source.ask({ do: 'state' });
  const start = Date.now();
  await Promise.all(
    watchers.map(async ({ room }) => {
      await room.comeBack({ room: id, key: server.teachKey });
      await room.ask('watch', { seat });
    }),
  );
  const { sent = [] } = await source.ask({ do: 'mirror', seconds, ...MIRROR });
  const past = watchers.map(
    ({ parts }) => (parts.find(({ kind }) => kind === 'snapshot')?.at ?? start + 60 * SECOND) - (sent[0] ?? start),
  );
  const behind = watchers.flatMap(({ parts }) =>
    parts.flatMap(({ kind, part, at }) => (kind === 'delta' ? [at - (sent[part] ?? at)] : [])),
  );
  const { asked = 0 } = await source.ask({ do: 'state' });
  report.atMost('T11 past there', Math.max(...past), SECOND, 'ms');
  report.atMost('live behind p99', percentile(behind, 0.99), SECOND, 'ms');
  report.atMost('uploads for 20 who look', asked - before, 1);
  for (const { client } of watchers) client.leave();
}

/** T5: a busy ladder to all. */
async function spotlight({ server, teacher, learners }: Class, isLong: boolean, report: Report): Promise<void> {
  const [source] = learners as [Learners];
  const { confirmed = [], parts: seenBefore = [] } = await source.ask({ do: 'state' });
  await teacher.room.ask('spotlight', { source: confirmed[0]?.[0] ?? 1 });
  const idle = isLong ? await measured(server, () => pause(5 * SECOND)) : undefined;
  const shown = await measured(server, () => source.ask({ do: 'mirror', seconds: isLong ? 10 : 2, ...MIRROR }));
  const told = await Promise.all(learners.map((each) => each.ask({ do: 'state' })));
  await teacher.room.ask('spotlight', {});
  const arrivals = Map.groupBy(
    told.flatMap(({ parts = [] }) => parts),
    ([part]) => part,
  );
  const skews = [...arrivals.values()].flatMap((times) => {
    const first = Math.min(...times.map(([, at]) => at));
    return times.map(([, at]) => at - first);
  });
  if (idle) report.atMost('T5 spotlight', 100 * (shown.load - idle.load), 5, '% of a core');
  report.atMost('T5 skew p99', percentile(skews, 0.99), 500, 'ms');
  report.atLeast('parts that came', skews.length - seenBefore.length, 1);
}

/** Has its page come back to the room? An answer that the session did not live to see is none. */
function isTeaching({ room }: Teacher): Promise<boolean> {
  return room.ask('view', {}).then(
    () => true,
    () => false,
  );
}
