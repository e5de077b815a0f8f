import { pause, percentile, type Report } from '../program.ts';
import type { Learners } from './learners.ts';
import { type LiveRoom, measured } from './live-room.ts';
import { Teacher } from './teacher.ts';

const SECOND = 1_000;
/** A delta of 4 KiB four times a second: a busy ladder's 16 KiB/s. */
const MIRROR = { each: 250, bytes: 4_096 } as const;

/** T11: the past at once, then live; twenty who look cost the learner one upload. */
export async function watching(
  { server, teacher, learners }: LiveRoom,
  seconds: number,
  report: Report,
): Promise<void> {
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
export async function spotlight(
  { server, teacher, learners }: LiveRoom,
  isLong: boolean,
  report: Report,
): Promise<void> {
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
