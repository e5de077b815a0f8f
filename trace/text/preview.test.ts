import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { previewText } from './preview.ts';

test.each([
  ['hello python', 'hello python'],
  ['你好，世界', '你好，世界'],
  ['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.0␍␊␍␊'],
  ['\0\u001b[31m\u007f', '␀␛[31m␡'],
  ['user\u202egnp.exe', 'user\ufffdgnp.exe'],
  ['👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧'],
  ['a\u200db', 'a\ufffdb'],
  ['a\u2028b\u0085c', 'a\ufffdb\ufffdc'],
])('%j is shown as %s', (text, preview) => {
  expect(previewText(encodeUtf8(text))).toBe(preview);
});

test('broken bytes are shown as such', () => {
  expect(previewText(Uint8Array.of(0x61, 0xff, 0x62))).toBe('a\ufffdb');
});

test('whatever the bytes, it is one line that keeps its order', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(previewText(bytes).replaceAll(/\p{Extended_Pictographic}\u200d/gu, '')).not.toMatch(
        /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u,
      );
    }),
  );
});
