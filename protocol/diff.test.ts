import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Alignment, alignReply } from './diff.ts';
import { pythonBytesRepr } from './python-repr.ts';
import { bytesAtAnyOffset } from './testing/arbitraries.ts';

const STAMP = 'Thu Sep  5 22:29:12 2016';
/** What the echo servers answer, a read at a time. */
function answerOf(form: 'timestamp' | 'threaded', reads: readonly Uint8Array[]): Buffer {
  const stamp = form === 'timestamp' ? `[${STAMP}]` : STAMP;
  return Buffer.from(reads.map((read) => `${stamp} ${pythonBytesRepr(read)}`).join(''), 'latin1');
}
/** A line a segment: kind, sent text, received text. */
function told({ segments }: Alignment, sent: string, received: Uint8Array): string[] {
  return segments.map(({ kind, sent: s, received: r }) => {
    const back = Buffer.from(received.subarray(r.offset, r.offset + r.count)).toString('latin1');
    return `${kind} ${sent.slice(s.offset, s.offset + s.count)}|${back}`;
  });
}
function align(sent: string, received: string | Buffer): string[] {
  const bytes = Buffer.from(received);
  return told(alignReply(Buffer.from(sent), bytes), sent, bytes);
}

describe('what the echo servers answer', () => {
  const forms = fc.constantFrom('timestamp' as const, 'threaded' as const);
  test('is equal, however it was read, whatever the bytes', () => {
    fc.assert(
      fc.property(
        forms,
        fc.array(
          bytesAtAnyOffset(40).filter(({ length }) => length > 0),
          { minLength: 1 },
        ),
        (form, reads) => {
          const sent = Buffer.concat(reads);
          const alignment = alignReply(sent, answerOf(form, reads));
          expect(alignment.form).toBe(form);
          expect(alignment.answers).toHaveLength(reads.length);
          expect(alignment.segments.map(({ kind, sent: { count } }) => [kind, count])).toEqual(
            reads.map(({ length }) => ['equal', length]),
          );
        },
      ),
    );
  });
  test('is equal in all 256 values and under both quote rules', () => {
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    for (const sent of [every, Buffer.from("it's"), Buffer.from('"it\'s"')]) {
      expect(alignReply(sent, answerOf('threaded', [sent])).segments).toMatchObject([{ kind: 'equal' }]);
    }
  });
  test('points at the escapes as they were received', () => {
    expect(align('a\nb', `[${STAMP}] b'a\\nb'`)).toEqual(['equal a\nb|a\\nb']);
    expect(align('a\nb', `[${STAMP}] b'a\\tb'`)).toEqual(['equal a|a', 'changed \n|\\t', 'equal b|b']);
  });
  test('is cut at the border of two answers', () => {
    expect(align('hello', `[${STAMP}] b'hel'[${STAMP}] b'lo'`)).toEqual(['equal hel|hel', 'equal lo|lo']);
  });
  test('may be on its way still', () => {
    expect(align('hello', `[${STAMP}] b'he`)).toEqual(['equal he|he', 'deleted llo|']);
    expect(align('hello', `[${STAMP}] `)).toEqual(['deleted hello|']);
    expect(align('hello', `[${STAMP}] b'`)).toEqual(['deleted hello|']);
  });
  test('may be followed by something else', () => {
    expect(align('hi', `${STAMP} b'hi'bye`)).toEqual(['equal hi|hi', 'inserted |bye']);
  });
});

describe('anything else', () => {
  test('is set against what was sent as it is', () => {
    expect(align('hello world', 'hello, world!')).toEqual([
      'equal hello|hello',
      'inserted |,',
      'equal  world| world',
      'inserted |!',
    ]);
    expect(align("b'x'", "b'x'")).toEqual(["equal b'x'|b'x'"]);
    expect(align('', '')).toEqual([]);
    expect(align('abc', '')).toEqual(['deleted abc|']);
  });

  test('is covered whole, in order, and equal where it says so', () => {
    const few = fc.array(fc.constantFrom(97, 98, 92, 39), { maxLength: 30 }).map((units) => Uint8Array.from(units));
    const prefixes = fc
      .constantFrom('', `[${STAMP}] `, `[${STAMP}] b'`, `${STAMP} b"`)
      .map((text) => Buffer.from(text));
    fc.assert(
      fc.property(few, prefixes, few, (sent, prefix, tail) => {
        const received = Buffer.concat([prefix, tail]);
        const { segments, answers } = alignReply(sent, received);
        let at = 0;
        let last = 0;
        for (const segment of segments) {
          expect(segment.sent.offset).toBe(at);
          expect(segment.received.offset).toBeGreaterThanOrEqual(last);
          at += segment.sent.count;
          last = segment.received.offset + segment.received.count;
        }
        expect(at).toBe(sent.length);
        const told = segments.reduce((sum, { received: { count } }) => sum + count, 0);
        expect(told).toBe(answers.reduce((sum, { body: { count } }) => sum + count, 0));
      }),
      { numRuns: 1_000 },
    );
  });
});
