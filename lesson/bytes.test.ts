import { expect, test } from 'vitest';
import { encodeUtf8 } from '../protocol/utf8.ts';
import { ByteStream } from '../trace/byte-stream.ts';
import { compileBytes } from './bytes.ts';

function streamOf(bytes: Uint8Array): ByteStream {
  const stream = new ByteStream();
  stream.append(bytes);
  return stream;
}

test.each([
  [{ equals: 'hi' }, 'hi', true],
  [{ equals: 'hi' }, 'hi\n', false],
  [{ equals: '\\u{4f60}' }, '你', true],
  [{ starts: 'GET' }, 'GET /', true],
  [{ starts: 'GET' }, 'GE', false],
  [{ ends: '\\r\\n\\r\\n' }, 'a\r\n\r\n', true],
  [{ ends: '\\r\\n\\r\\n' }, 'a\n\n', false],
  [{ ends: 'long' }, 'ng', false],
  [{ has: 'b c' }, 'a b c d', true],
  [{ has: 'aab' }, 'aaab', true],
  [{ has: 'b d' }, 'a b c d', false],
  [{ lacks: 'b' }, 'ac', true],
  [{ lacks: 'b' }, 'abc', false],
  [{ lacks: 'b' }, '', false],
  [{ like: '{ctime} b{any}' }, "Thu Sep 15 22:29:12 2016 b'x'", true],
  [{ length: { min: 2, max: 3 } }, 'abc', true],
  [{ length: { min: 2, max: 3 } }, 'abcd', false],
  [{ utf8: true }, '你', true],
  [{ starts: 'a', length: 2 }, 'ab', true],
  [{ starts: 'a', length: 2 }, 'abc', false],
] as const)('%o and %o: %o', (bytes, text, isFit) => {
  const all = encodeUtf8(text);
  expect(compileBytes(bytes)({ stream: streamOf(all), offset: 0, count: all.length })).toBe(isFit);
});

test('half a character is no UTF-8', () => {
  const half = encodeUtf8('你').subarray(0, 2);
  expect(compileBytes({ utf8: false })({ stream: streamOf(half), offset: 0, count: 2 })).toBe(true);
  expect(compileBytes({ utf8: true })({ stream: streamOf(half), offset: 0, count: 2 })).toBe(false);
});

test('looks at the bytes of the call alone', () => {
  const stream = streamOf(encodeUtf8('one two'));
  expect(compileBytes({ equals: 'two' })({ stream, offset: 4, count: 3 })).toBe(true);
  expect(compileBytes({ has: 'one' })({ stream, offset: 4, count: 3 })).toBe(false);
});
