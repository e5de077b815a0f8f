import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../protocol/testing/failures.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { ByteStream } from '../../../trace/byte-stream.ts';
import type { Direction, TraceEvent } from '../../../trace/event.ts';
import { type LineFormat, StreamLines } from './stream-lines.ts';
import { hexPieces, needleOf, StreamMatches, textPieces } from './stream-matches.ts';

const never = (): boolean => false;
function conversation(format: LineFormat, needle: string) {
  const events: TraceEvent[] = [];
  const log = { length: () => events.length, at: (index: number) => events[index] };
  const source = { log, sent: new ByteStream(), received: new ByteStream() };
  const lines = new StreamLines(source, format, false);
  const matches = new StreamMatches(lines, source, needleOf(needle, format.kind));
  const none = { at: 0, argument: undefined, text: '', error: undefined, took: undefined } as const;
  return {
    source,
    lines,
    matches,
    move(direction: Direction, text: string): void {
      const bytes = encodeUtf8(text);
      const call = direction === 'sent' ? 'send' : 'recv';
      events.push({ ...none, end: 'local', call, direction, offset: source[direction].length, count: bytes.length });
      source[direction].append(bytes);
      lines.update(never);
      matches.update(never);
    },
    /** Each line, with brackets around what is marked. */
    shown: () =>
      Array.from({ length: lines.count }, (_, index) => {
        const line = lines.line(index);
        const bytes = source[line.direction].slice(line.offset, line.count);
        const marks = matches.marks(line);
        const pieces = format.kind === 'hex' ? hexPieces(bytes, line.offset, marks) : textPieces(bytes, marks);
        return pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('');
      }),
  };
}
const text: LineFormat = { kind: 'text', columns: 80 };

test('matches of both directions stand in the order of the conversation, and new ones behind them', () => {
  const { matches, move, shown } = conversation(text, 'hello');
  move('sent', 'hello, Hello\n');
  move('received', 'well, hello\n');
  move('sent', 'hello');
  const places = () => Array.from({ length: matches.count }, (_, nth) => matches.at(nth));
  expect(places().map(({ line, direction, offset }) => `${line} ${direction} ${offset}`)).toEqual([
    '0 sent 0',
    '0 sent 7',
    '1 received 6',
    '2 sent 13',
  ]);
  expect(shown()).toEqual(['[hello], [Hello]␊', 'well, [hello]␊', '[hello]']);
});

test('a match that two calls brought, or that goes over a line’s end, is one', () => {
  const { matches, move, shown } = conversation({ kind: 'text', columns: 4 }, 'cdef');
  move('sent', 'abc');
  move('sent', 'defg');
  expect(matches.count).toBe(1);
  expect(shown()).toEqual(['ab[cd]', '[ef]g']);
});

test('in the hex view pairs of digits are looked for, and pair and character are marked', () => {
  const { move, shown } = conversation({ kind: 'hex' }, '67 68 69');
  move('sent', 'abcdefghi');
  expect(shown()[0]).toBe('00000000  61 62 63 64 65 66 [67 68]  [69]                       |abcdef[ghi]|');
});

test('overlapping matches are marked once', () => {
  const { matches, move, shown } = conversation(text, 'aa');
  move('sent', 'aaab');
  expect(matches.count).toBe(2);
  expect(shown()).toEqual(['[aa][a]b']);
});

describe('what is looked for', () => {
  test.each([
    ['a\\r\\n', 'text', [0x61, 0x0d, 0x0a]],
    ['\\x00', 'text', [0]],
    ['0d0a', 'hex', [0x0d, 0x0a]],
  ] as const)('%s', (typed, kind, bytes) => {
    expect(needleOf(typed, kind)).toEqual(Uint8Array.from(bytes));
  });
  test('that is not bytes yet is refused', () => {
    expect(failureOf(() => needleOf('0', 'hex')).code).toBe('HEX_INVALID');
    expect(failureOf(() => needleOf('\\x', 'text')).code).toBe('ESCAPE_INVALID');
  });
});
