import { expect, test } from 'vitest';
import { EMPTY_DRAFT } from './draft.ts';
import { parseSavedFile, parseSavedList, type Saved, savedFile, withoutSaved, withSaved } from './saved.ts';

const hello: Saved = { name: 'hello', kind: 'message', draft: { ...EMPTY_DRAFT, text: 'hi', checksum: 'crc32' } };
const login: Saved = { name: 'login', kind: 'sequence', script: 'send "me"\nreadUntil "\\n"' };

test('a name is kept once, and what has it is replaced where it stands', () => {
  const list = withSaved(withSaved([], hello) ?? [], login) ?? [];
  expect(list).toEqual([hello, login]);
  const other: Saved = { ...login, name: ' hello ' };
  expect(withSaved(list, other)).toEqual([{ ...login, name: 'hello' }, login]);
  expect(withoutSaved(list, 'hello')).toEqual([login]);
});

test('nothing without a name, nothing as long as a file, and no more than a hundred', () => {
  expect(withSaved([], { ...hello, name: '  ' })).toBeUndefined();
  expect(withSaved([], { ...hello, draft: { ...EMPTY_DRAFT, text: 'x'.repeat(20_001) } })).toBeUndefined();
  expect(withSaved([], { ...login, script: 'x'.repeat(20_001) })).toBeUndefined();
  const full = Array.from({ length: 100 }, (_, nth) => ({ ...hello, name: `no ${nth}` }));
  expect(withSaved(full, login)).toBeUndefined();
  expect(withSaved(full, { ...login, name: 'no 7' })).toHaveLength(100);
  expect(parseSavedList([...full, login])).toHaveLength(100);
});

test('a file gives back what it was made of, and no other file gives anything', () => {
  expect(parseSavedFile(savedFile([hello, login]))).toEqual([hello, login]);
  for (const text of ['', 'null', '{}', '[]', '{"format":"socket-playground-messages","version":2,"items":[]}']) {
    expect(parseSavedFile(text)).toBeUndefined();
  }
  expect(parseSavedList([hello, { name: 'x' }, 7, null, { name: 'y', kind: 'sequence' }])).toEqual([hello]);
});
