import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pythonBytesRepr } from '../../../../protocol/python-repr.ts';
import { encodeUtf8 } from '../../../../protocol/utf8.ts';
import { echoDiff } from './echo-diff.ts';

const TIME = '[Thu Sep 15 22:29:12 2016] ';
const diff = (sent: string, received: string) => echoDiff(encodeUtf8(sent), encodeUtf8(received));

test('the timestamp server’s answer is aligned after its time', () => {
  expect(diff('hello python', `${TIME}b'hello python'`)).toEqual({
    pieces: [
      { kind: 'frame', sent: '', cameBack: `${TIME}b'` },
      { kind: 'same', sent: 'hello python', cameBack: 'hello python' },
      { kind: 'frame', sent: '', cameBack: "'" },
    ],
    same: 12,
    lost: 0,
    added: 0,
    isRepr: true,
  });
});
test('a character stands above the escapes that it came back as', () => {
  expect(diff('a你', `${TIME}b'a\\xe4\\xbd\\xa0'`).pieces.slice(1, -1)).toEqual([
    { kind: 'same', sent: 'a', cameBack: 'a' },
    { kind: 'same', sent: '你', cameBack: '\\xe4\\xbd\\xa0' },
  ]);
});
test('a raw echo is compared byte by byte', () => {
  expect(diff('hello', 'hallo')).toEqual({
    pieces: [
      { kind: 'same', sent: 'h', cameBack: 'h' },
      { kind: 'only sent', sent: 'e', cameBack: '' },
      { kind: 'only came back', sent: '', cameBack: 'a' },
      { kind: 'same', sent: 'llo', cameBack: 'llo' },
    ],
    same: 4,
    lost: 1,
    added: 1,
    isRepr: false,
  });
});
test('an answer that is cut short has lost the rest', () => {
  const { same, lost, added } = diff('hello python', `${TIME}b'hello`);
  expect([same, lost, added]).toEqual([5, 7, 0]);
});

test('several answers in one are each aligned after their time', () => {
  const later = '[Thu Sep 15 22:29:13 2016] ';
  expect(diff('hello你', `${TIME}b'hello'${later}b'\\xe4\\xbd\\xa0'`)).toEqual({
    pieces: [
      { kind: 'frame', sent: '', cameBack: `${TIME}b'` },
      { kind: 'same', sent: 'hello', cameBack: 'hello' },
      { kind: 'frame', sent: '', cameBack: `'${later}b'` },
      { kind: 'same', sent: '你', cameBack: '\\xe4\\xbd\\xa0' },
      { kind: 'frame', sent: '', cameBack: "'" },
    ],
    same: 8,
    lost: 0,
    added: 0,
    isRepr: true,
  });
});
test('bytes that are no text are compared as bytes, and shown as escapes', () => {
  expect(echoDiff(Uint8Array.of(0, 0xff, 0x61, 0x80), Uint8Array.of(0, 0xfe, 0x61, 0x80))).toEqual({
    pieces: [
      { kind: 'same', sent: '␀', cameBack: '␀' },
      { kind: 'only sent', sent: '\\xff', cameBack: '' },
      { kind: 'only came back', sent: '', cameBack: '\\xfe' },
      { kind: 'same', sent: 'a\\x80', cameBack: 'a\\x80' },
    ],
    same: 3,
    lost: 1,
    added: 1,
    isRepr: false,
  });
});

test('whatever is sent, in however many sends, the servers’ answers bring it back whole', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 4 }), (sends) => {
      const sent = Uint8Array.from(sends.flatMap((bytes) => [...bytes]));
      const text = sends.map((bytes) => TIME + pythonBytesRepr(bytes)).join('');
      const answer = echoDiff(sent, encodeUtf8(text));
      expect([answer.same, answer.lost, answer.added]).toEqual([sent.length, 0, 0]);
      expect(answer.pieces.map(({ cameBack }) => cameBack).join('')).toBe(text);
    }),
  );
});
