import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../trace/event.ts';
import { inspectedIndex, sinceSend } from './inspected.ts';

const blank = {
  argument: undefined,
  direction: undefined,
  offset: 0,
  count: 0,
  text: '',
  error: undefined,
  took: undefined,
};
const events: TraceEvent[] = [
  { ...blank, at: 1, end: 'local', call: 'connect' },
  { ...blank, at: 10, end: 'local', call: 'send', direction: 'sent', count: 5 },
  { ...blank, at: 12, end: 'peer', call: 'recv', direction: 'sent', count: 5 },
  { ...blank, at: 44, end: 'local', call: 'recv', direction: 'received', count: 9 },
  { ...blank, at: 50, end: 'peer', call: 'close' },
];
const log = { length: () => events.length, at: (index: number) => events[index] };

test('the chosen event is shown; until one is, the newest bytes of the page’s own socket', () => {
  expect(inspectedIndex(log, 2)).toBe(2);
  expect(inspectedIndex(log, undefined)).toBe(3);
  expect(inspectedIndex({ length: () => 1, at: log.at }, undefined)).toBeUndefined();
});

test('a recv is so long after the last send', () => {
  expect(sinceSend(log, 3)).toBe(34);
  expect(sinceSend(log, 0)).toBeUndefined();
});
