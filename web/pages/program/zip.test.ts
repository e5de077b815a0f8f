import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { zipFolders, zipOf } from './zip.ts';

const programs = [{ file: 'server.py', source: 'print("你好")\n' }];

test('each set is a folder, and its files are as they were', async () => {
  const files = [{ name: 'data/log.txt', bytes: Uint8Array.of(1, 2) }];
  const zip = unzipSync(new Uint8Array(await zipOf([{ name: 'Homework', programs, files }]).arrayBuffer()));
  expect(new Set(Object.keys(zip))).toEqual(new Set(['Homework/data/log.txt', 'Homework/server.py']));
  expect([...(zip['Homework/data/log.txt'] ?? [])]).toEqual([1, 2]);
  expect(strFromU8(zip['Homework/server.py'] as Uint8Array)).toBe('print("你好")\n');
});

test('no name leaves the folder, and no set takes the place of another', () => {
  const names = ['../up', 'a/b', 'a-b', 'a-b', '...', ' '];
  expect([...zipFolders(names.map((name) => ({ name, programs }))).keys()]).toEqual([
    '--up',
    'a-b',
    'a-b 2',
    'a-b 3',
    '-',
    '- 2',
  ]);
});
