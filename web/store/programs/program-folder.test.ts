import { expect, test } from 'vitest';
import type { FileStore } from '../../platform/stored-files.ts';
import { FILE_MAX } from '../../python/folder-files.ts';
import { FOLDER_MAX, ProgramFolder } from './program-folder.ts';

function createStore(): FileStore {
  const kept = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();
  return {
    list: async (folder) => [...(kept.get(folder) ?? [])].map(([name, bytes]) => ({ name, bytes })),
    write: async (folder, name, bytes) => {
      const files = kept.get(folder) ?? new Map();
      kept.set(folder, files);
      if (bytes) files.set(name, bytes);
      else files.delete(name);
    },
    removeFolder: async (folder) => void kept.delete(folder),
  };
}
const bytes = (length: number) => new Uint8Array(length);
const names = (folder: ProgramFolder) => folder.files().map(({ name }) => name);

test('each set of programs has its files, and finds them again', async () => {
  const store = createStore();
  const folder = new ProgramFolder(store);
  await folder.open('one');
  folder.apply({ name: 'b.txt', bytes: bytes(1) });
  folder.apply({ name: 'a/c.txt', bytes: bytes(2) });
  await folder.open('other');
  expect(names(folder)).toEqual([]);
  await folder.open('one');
  expect(names(folder)).toEqual(['a/c.txt', 'b.txt']);
  folder.apply({ name: 'b.txt', bytes: undefined });
  const again = new ProgramFolder(store);
  await again.open('one');
  expect(names(again)).toEqual(['a/c.txt']);
  await folder.forget('one');
  const last = new ProgramFolder(store);
  await last.open('one');
  expect(names(last)).toEqual([]);
});

test('an example that is changed takes its files along; what comes by a link is not kept', async () => {
  const store = createStore();
  const folder = new ProgramFolder(store);
  await folder.open(undefined);
  folder.apply({ name: 'log.txt', bytes: bytes(3) });
  await folder.keepAs('own');
  await folder.open(undefined);
  expect(names(folder)).toEqual([]);
  await folder.open('own');
  expect(folder.get('log.txt')?.length).toBe(3);
});

test('what is written before the kept files have come stays', async () => {
  const store = createStore();
  await store.write('one', 'log.txt', bytes(1));
  const folder = new ProgramFolder(store);
  const opening = folder.open('one');
  folder.apply({ name: 'log.txt', bytes: bytes(5) });
  await opening;
  expect(folder.get('log.txt')?.length).toBe(5);
});

test.each(['', '/etc/passwd', '../up', 'a//b', 'a\u0000b', '__pycache__/x.pyc', 'x'.repeat(201)])(
  '%j is no name of a file',
  (name) => {
    const folder = new ProgramFolder(createStore());
    expect(folder.apply({ name, bytes: bytes(1) })).toBe(false);
    expect(folder.refused).toBe(name);
  },
);

test('a file or a folder that is too large is refused, and said', () => {
  const folder = new ProgramFolder(createStore());
  expect(folder.apply({ name: 'large', bytes: bytes(FILE_MAX + 1) })).toBe(false);
  for (let nth = 0; nth < FOLDER_MAX / FILE_MAX; nth += 1) {
    expect(folder.apply({ name: `part ${nth}`, bytes: bytes(FILE_MAX) })).toBe(true);
  }
  expect(folder.apply({ name: 'one more', bytes: bytes(1) })).toBe(false);
  expect(folder.refused).toBe('one more');
  folder.apply({ name: 'part 0', bytes: undefined });
  expect(folder.apply({ name: 'one more', bytes: bytes(1) })).toBe(true);
  expect(folder.refused).toBeUndefined();
});
