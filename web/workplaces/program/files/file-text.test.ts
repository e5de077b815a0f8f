import { expect, test } from 'vitest';
import { editableText } from './file-text.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('text comes back as it was; what an editor would change is not shown as text', () => {
  expect(editableText(bytes('Ada\n你好\n'))).toBe('Ada\n你好\n');
  expect(editableText(bytes('\ufeffname,age\n'))).toBe('\ufeffname,age\n');
  expect(editableText(new Uint8Array())).toBe('');
  expect(editableText(bytes('one\r\ntwo'))).toBeUndefined();
  expect(editableText(Uint8Array.of(0x50, 0, 0x4b))).toBeUndefined();
  expect(editableText(Uint8Array.of(0xff, 0xd8))).toBeUndefined();
  expect(editableText(new Uint8Array(200_001).fill(0x61))).toBeUndefined();
});
