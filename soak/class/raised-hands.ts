import { eventually, pause, type Report } from '../program.ts';
import { type LiveRoom, measured } from './live-room.ts';

const SECOND = 1_000;
/** As often as a seat may change it in a minute. */
const CHANGES = 6;

/** All raise their hands and lower them, as often as they may: the queue is exact, and costs little. */
export async function raisedHands(
  { server, teacher, learners }: LiveRoom,
  isLong: boolean,
  report: Report,
): Promise<void> {
  const seconds = isLong ? 12 : 1;
  const idle = isLong ? await measured(server, () => pause(5 * SECOND)) : undefined;
  const raised = await measured(server, () =>
    Promise.all(learners.map((each) => each.ask({ do: 'hands', seconds, changes: CHANGES }))),
  );
  const up = new Set(raised.result.flatMap((told) => told.up ?? []));
  const { model } = teacher.room;
  await eventually('the queue is told', 5 * SECOND, () => model.help.length + model.moreHelp === up.size);
  report.atMost(
    'hands refused',
    raised.result.reduce((sum, { refused = 0 }) => sum + refused, 0),
    0,
  );
  report.atMost('in the queue and not up', model.help.filter(({ seat }) => !up.has(seat)).length, 0);
  if (idle) report.atMost('hands', 100 * (raised.load - idle.load), 5, '% of a core');
}
