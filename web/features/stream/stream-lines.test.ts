import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8Lenient, encodeUtf8 } from '../../../protocol/utf8.ts';
import { ByteStream } from '../../../trace/byte-stream.ts';
import type { Direction, TraceEvent } from '../../../trace/event.ts';
import { type LineFormat, StreamLines, textLines } from './stream-lines.ts';

type Told = readonly [Direction, string];
function conversation() {
  const events: TraceEvent[] = [];
  const source = {
    log: { length: () => events.length, at: (index: number) => events[index] },
    sent: new ByteStream(),
    received: new ByteStream(),
  };
  function tell([direction, text]: Told): void {
    const bytes = encodeUtf8(text);
    const blank = { at: 0, argument: undefined, text: '', error: undefined, took: undefined } as const;
    const moved = { direction, offset: source[direction].length, count: bytes.length };
    events.push({ ...blank, ...moved, end: 'local', call: direction === 'sent' ? 'send' : 'recv' });
    events.push({ ...blank, ...moved, end: 'peer', call: direction === 'sent' ? 'recv' : 'send' });
    source[direction].append(bytes);
  }
  return { source, tell };
}
/** Each line as its direction's first letter and text; `+` where the run goes on. */
function lines(told: readonly Told[], format: LineFormat, keepsBorders = false): string[] {
  const { source, tell } = conversation();
  const list = new StreamLines(source, format, keepsBorders);
  for (const one of told) {
    tell(one);
    list.update(() => false);
  }
  return Array.from({ length: list.count }, (_, index) => {
    const { direction, offset, count, isFirst } = list.line(index);
    return `${direction.charAt(0)}${isFirst ? '' : '+'} ${decodeUtf8Lenient(source[direction].slice(offset, count))}`;
  });
}
const text = (columns: number): LineFormat => ({ kind: 'text', columns });

test('text breaks at its line feeds, and where a line is full', () => {
  expect(lines([['sent', 'ab\ncdefgh\n\ni']], text(4))).toEqual(['s ab\n', 's+ cdef', 's+ gh\n', 's+ \n', 's+ i']);
});
test('a line that is full breaks between words, and where a word is long within it', () => {
  expect(lines([['sent', 'one two three']], text(8))).toEqual(['s one two ', 's+ three']);
  expect(lines([['sent', 'a longerword']], text(6))).toEqual(['s a long', 's+ erword']);
});
test('characters of East Asian scripts take two columns, and none is cut', () => {
  expect(lines([['sent', '你好世界']], text(5))).toEqual(['s 你好', 's+ 世界']);
});
test('calls that follow one another are one run: nothing tells where one ended', () => {
  const told: Told[] = [
    ['received', 'he'],
    ['received', 'llo\nw'],
    ['received', 'orld'],
    ['sent', 'ok'],
    ['received', '!'],
  ];
  expect(lines(told, text(80))).toEqual(['r hello\n', 'r+ world', 's ok', 'r !']);
});
test('datagrams keep their borders', () => {
  expect(
    lines(
      [
        ['sent', 'a'],
        ['sent', 'b'],
      ],
      text(80),
      true,
    ),
  ).toEqual(['s a', 's b']);
});
test('hex has sixteen bytes to a row, from the beginning of each run', () => {
  expect(
    lines(
      [
        ['sent', '0123456789'],
        ['sent', 'abcdefghij'],
        ['received', 'x'],
      ],
      { kind: 'hex' },
    ),
  ).toEqual(['s 0123456789abcdef', 's+ ghij', 'r x']);
});

test('whatever is told in whatever parts, the lines are all bytes in their order', () => {
  const told = fc.array(
    fc.tuple(
      fc.constantFrom<Direction>('sent', 'received'),
      fc.string({ unit: fc.constantFrom('a', '\n', '你'), maxLength: 9 }),
    ),
    { maxLength: 20 },
  );
  const formats = fc.oneof(fc.constant<LineFormat>({ kind: 'hex' }), fc.integer({ min: 2, max: 6 }).map(text));
  fc.assert(
    fc.property(told, formats, fc.boolean(), (parts, format, keepsBorders) => {
      const { source, tell } = conversation();
      const grown = new StreamLines(source, format, keepsBorders);
      for (const part of parts) {
        tell(part);
        grown.update(() => false);
      }
      const atOnce = new StreamLines(source, format, keepsBorders);
      while (!atOnce.update(() => true));
      const all = (list: StreamLines) => Array.from({ length: list.count }, (_, index) => list.line(index));
      expect(all(grown)).toEqual(all(atOnce));
      for (const direction of ['sent', 'received'] as const) {
        let next = 0;
        for (const line of all(grown).filter((one) => one.direction === direction)) {
          expect(line.offset).toBe(next);
          expect(line.count).toBeGreaterThan(0);
          next += line.count;
        }
        expect(next).toBe(source[direction].length);
      }
    }),
  );
});

test('the lengths of lines add up to the bytes, broken ones too', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.integer({ min: 2, max: 8 }), (bytes, columns) => {
      const total = Array.from(textLines(bytes, columns)).reduce((sum, length) => sum + length, 0);
      expect(total).toBe(bytes.length);
    }),
  );
});

test('stops when its time is over, whatever the 64th call of a pattern is', () => {
  const { source, tell } = conversation();
  for (let turn = 0; turn < 1_000; turn += 1) tell(['sent', 'x\n']);
  const list = new StreamLines(source, { kind: 'text', columns: 80 }, false);
  expect(list.update(() => true)).toBe(false);
  expect(list.count).toBe(32);
  expect(list.update(() => false)).toBe(true);
  expect(list.count).toBe(1_000);
});
