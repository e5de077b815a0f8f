import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { charactersOf } from './characters.ts';

test('characters have all of their bytes, controls are seen, broken bytes are hex', () => {
  const bytes = Uint8Array.of(...encodeUtf8('a你\n'), 0xff);
  expect(charactersOf(bytes)).toEqual([
    { at: 0, size: 1, text: 'a', isBroken: false },
    { at: 1, size: 3, text: '你', isBroken: false },
    { at: 4, size: 1, text: '␊', isBroken: false },
    { at: 5, size: 1, text: 'ff', isBroken: true },
  ]);
});

test('whatever the bytes, each is in exactly one', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      let next = 0;
      for (const { at, size } of charactersOf(bytes)) {
        expect(at).toBe(next);
        next += size;
      }
      expect(next).toBe(bytes.length);
    }),
  );
});
