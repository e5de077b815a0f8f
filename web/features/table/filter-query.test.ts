import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../trace/event.ts';
import { type FilterQuery, parseFilter } from './filter-query.ts';

const blank = {
  at: 0,
  argument: undefined,
  direction: undefined,
  offset: 0,
  count: 0,
  text: '',
  error: undefined,
  took: undefined,
};
const events: TraceEvent[] = [
  { ...blank, end: 'local', call: 'connect' },
  { ...blank, end: 'local', call: 'send', direction: 'sent', count: 12 },
  { ...blank, end: 'peer', call: 'recv', direction: 'sent', count: 12 },
  { ...blank, end: 'local', call: 'recv', direction: 'received', count: 141 },
  { ...blank, end: 'local', call: 'recv', direction: 'received', error: 'ECONNRESET' },
];
const picked = (text: string): number[] => {
  const { tests } = parseFilter(text) as FilterQuery;
  return events.flatMap((event, index) => (tests.every((holds) => holds(event)) ? [index] : []));
};

test.each([
  ['', [0, 1, 2, 3, 4]],
  ['dir:sent', [1, 2]],
  ['-dir:sent', [0, 3, 4]],
  ['-call:recv -call:send', [0]],
  ['-len>100 dir:received', [4]],
  ['dir:received', [3, 4]],
  ['DIR:recv', [3, 4]],
  ['end:peer', [2]],
  ['call:recv', [2, 3, 4]],
  ['is:error', [4]],
  ['len>100', [3]],
  ['len<=12', [1, 2, 4]],
  ['len=12 end:local', [1]],
])('%j picks %j', (text, indexes) => {
  expect(picked(text)).toEqual(indexes);
});

test('all else is text, in quotes where it has blanks or would be read as a key', () => {
  expect(parseFilter('hello dir:sent "b\'hello python\'" lengthy')).toMatchObject({
    texts: ['hello', "b'hello python'", 'lengthy'],
  });
  expect(parseFilter('"dir:sent" http://x "')).toMatchObject({ tests: [], texts: ['dir:sent', 'http://x'] });
});

test.each([
  ['dir:up', 'dir', 'up'],
  ['len>many', 'len', 'many'],
  ['call:write', 'call', 'write'],
  ['is:late', 'is', 'late'],
  ['end:', 'end', ''],
])('%j is a problem', (text, key, value) => {
  expect(parseFilter(text)).toEqual({ key, value });
});

test('what is to be left out is told from what is looked for', () => {
  expect(parseFilter('hello -world -"two words" "-1" a-b -')).toMatchObject({
    texts: ['hello', '-1', 'a-b', '-'],
    without: ['world', 'two words'],
  });
  expect(parseFilter('-dir:up')).toEqual({ key: 'dir', value: 'up' });
});
