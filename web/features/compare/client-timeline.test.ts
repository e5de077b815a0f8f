import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../trace/event.ts';
import { ClientTimeline } from './client-timeline.ts';

function laneOf(...events: (Partial<TraceEvent> & Pick<TraceEvent, 'at' | 'call'>)[]) {
  const log: TraceEvent[] = events.map((event) => ({
    end: 'local',
    argument: undefined,
    direction: undefined,
    offset: 0,
    count: 0,
    text: '',
    error: undefined,
    took: undefined,
    ...event,
  }));
  let length = 0;
  const lane = new ClientTimeline({ length: () => length, at: (index) => log[index] });
  return {
    lane,
    grow: (to = log.length) => {
      length = to;
      lane.update();
    },
  };
}

test('a client that is connected, waits in the queue, is accepted and answered', () => {
  const { lane, grow } = laneOf(
    { at: 1_000, call: 'connect', took: 400 },
    { at: 1_200, call: 'send', count: 5 },
    { at: 3_000, call: 'accept', end: 'peer' },
    { at: 3_100, call: 'recv', count: 5, end: 'peer' },
    { at: 3_300, call: 'recv', count: 40 },
    { at: 5_000, call: 'close' },
  );
  grow(2);
  expect(lane).toMatchObject({ called: 600, connected: 1_000, accepted: undefined, ended: undefined });
  expect(lane.unanswered).toEqual({ sent: 1_200, answered: undefined });
  expect(lane.firstAnswer).toBeUndefined();
  grow();
  expect(lane).toMatchObject({ accepted: 3_000, ended: 5_000, error: undefined });
  expect(lane.unanswered).toBeUndefined();
  expect(lane.firstAnswer).toBe(2_100);
});

test('an answer answers all that was said before it, and nothing said later', () => {
  const { lane, grow } = laneOf(
    { at: 10, call: 'send', count: 1 },
    { at: 20, call: 'send', count: 1 },
    { at: 30, call: 'recv', count: 2 },
    { at: 40, call: 'send', count: 1 },
  );
  grow();
  expect(lane.exchanges.map(({ answered }) => answered)).toEqual([30, 30, undefined]);
  expect(lane.unanswered?.sent).toBe(40);
});

test('end of file is no answer', () => {
  const { lane, grow } = laneOf({ at: 10, call: 'send', count: 1 }, { at: 20, call: 'recv', count: 0 });
  grow();
  expect(lane.unanswered?.sent).toBe(10);
});

test('a connect that fails ends the lane with its error', () => {
  const { lane, grow } = laneOf({ at: 10_000_000, call: 'connect', error: 'ETIMEDOUT' });
  grow();
  expect(lane).toMatchObject({ connected: undefined, ended: 10_000_000, error: 'ETIMEDOUT' });
});
