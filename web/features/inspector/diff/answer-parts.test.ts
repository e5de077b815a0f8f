import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pythonBytesRepr } from '../../../../protocol/python-repr.ts';
import { encodeUtf8 } from '../../../../protocol/utf8.ts';
import { answerParts, partAt } from './answer-parts.ts';

/** Each part as its kind and text. */
function parts(text: string): string[] {
  return answerParts(encodeUtf8(text)).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

test('the timestamp server’s answer', () => {
  expect(parts("[Thu Sep 15 22:29:12 2016] b'hello python'")).toEqual([
    'time [Thu Sep 15 22:29:12 2016]',
    "repr b'hello python'",
  ]);
});
test('the threaded server’s answer, without brackets', () => {
  expect(parts("Thu Sep  1 22:29:12 2016 b'hi'")).toEqual(['time Thu Sep  1 22:29:12 2016', "repr b'hi'"]);
});
test('answers that came in one chunk', () => {
  expect(parts("[Thu Sep 15 22:29:12 2016] b'a'[Thu Sep 15 22:29:13 2016] b\"it's\"")).toEqual([
    'time [Thu Sep 15 22:29:12 2016]',
    "repr b'a'",
    'time [Thu Sep 15 22:29:13 2016]',
    'repr b"it\'s"',
  ]);
});
test('an answer that is cut within the repr', () => {
  expect(parts("[Thu Sep 15 22:29:12 2016] b'hello py")).toEqual([
    'time [Thu Sep 15 22:29:12 2016]',
    "repr b'hello py",
  ]);
});
test('an escaped quote does not close the repr, and a time in what was sent is no time of the server', () => {
  expect(parts(`[Thu Sep 15 22:29:12 2016] b'"it\\'s" [Thu Sep 15 22:29:00 2016]'`)).toEqual([
    'time [Thu Sep 15 22:29:12 2016]',
    `repr b'"it\\'s" [Thu Sep 15 22:29:00 2016]'`,
  ]);
});
test('other bytes have no parts', () => {
  expect(parts('HTTP/1.0 200 OK')).toEqual([]);
  expect(answerParts(Uint8Array.of(0xff, 0xfe))).toEqual([]);
});

test('whatever was sent, its repr is one part up to its end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (sent) => {
      const answer = `[Thu Sep 15 22:29:12 2016] ${pythonBytesRepr(sent)}`;
      expect(answerParts(encodeUtf8(answer))).toEqual([
        { kind: 'time', start: 0, end: 26 },
        { kind: 'repr', start: 27, end: answer.length },
      ]);
    }),
  );
});

test('partAt finds the part of each byte', () => {
  const found = answerParts(encodeUtf8("[Thu Sep 15 22:29:12 2016] b'hi'"));
  const kinds = Array.from({ length: 33 }, (_, offset) => partAt(found, offset)?.kind ?? '-');
  expect(kinds.map((kind) => kind.charAt(0)).join('')).toBe(`${'t'.repeat(26)}-${'r'.repeat(5)}-`);
});
