import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { ByteStream } from '../../../trace/byte-stream.ts';
import { textRuns } from './cut-character.ts';

function streamOf(bytes: Uint8Array): ByteStream {
  const stream = new ByteStream();
  stream.append(bytes);
  return stream;
}
/** Runs in short: their text, or where the rest of a broken one is. */
function runs(bytes: Uint8Array, offset: number, count: number): string[] {
  return textRuns(streamOf(bytes), offset, count).map(({ text, isCut }) => text ?? isCut ?? 'broken');
}
const hello = encodeUtf8('你好'); // e4 bd a0 | e5 a5 bd

test('whole characters are text', () => {
  expect(runs(hello, 0, 6)).toEqual(['你好']);
});
test('a character cut by the end of a call goes on in the next', () => {
  expect(runs(hello, 0, 4)).toEqual(['你', 'after']);
  expect(runs(hello, 4, 2)).toEqual(['before', 'before']);
});
test('a character whose rest has not come yet is broken', () => {
  expect(runs(hello.subarray(0, 4), 0, 4)).toEqual(['你', 'broken']);
});
test('bytes that are never text are broken, not cut', () => {
  expect(runs(Uint8Array.of(0x61, 0xff, 0x62), 1, 2)).toEqual(['broken', 'b']);
  expect(runs(Uint8Array.of(0xe4, 0x61), 0, 1)).toEqual(['broken']);
});

test('wherever text is cut in two, no byte of it is called broken', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), fc.nat(), (text, seed) => {
      const bytes = encodeUtf8(text);
      const border = seed % (bytes.length + 1);
      const found = [...runs(bytes, 0, border), ...runs(bytes, border, bytes.length - border)];
      expect(found).not.toContain('broken');
    }),
  );
});
