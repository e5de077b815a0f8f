import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearlyUtf8 } from './testing/arbitraries.ts';
import { decodeUtf8, decodeUtf8Lenient, encodeUtf8 } from './utf8.ts';

test('text comes back as it was, a byte order mark and NUL included', () => {
  for (const text of ['', 'a\0b', '\ufeffa', 'é你😀', '\u{10ffff}']) {
    expect(decodeUtf8(encodeUtf8(text))).toBe(text);
    expect(decodeUtf8Lenient(encodeUtf8(text))).toBe(text);
  }
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => decodeUtf8(encodeUtf8(text)) === text));
});

test('half a surrogate pair becomes U+FFFD, as the Encoding Standard has it', () => {
  expect([...encodeUtf8('a\ud800')]).toEqual([0x61, 0xef, 0xbf, 0xbd]);
});

test('agrees with Buffer; what is broken is refused by the strict one and shown by the lenient one', () => {
  fc.assert(
    fc.property(nearlyUtf8, (bytes) => {
      const text = Buffer.from(bytes).toString('utf8');
      expect(decodeUtf8Lenient(bytes)).toBe(text);
      if (Buffer.from(text).equals(bytes)) expect(decodeUtf8(bytes)).toBe(text);
      else expect(() => decodeUtf8(bytes)).toThrow(TypeError);
    }),
    { numRuns: 1_000 },
  );
});
