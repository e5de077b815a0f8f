import { expect, test } from 'vitest';
import type { FileChange } from './folder-files.ts';
import type { NodePlace } from './testing/python-node.ts';
import { pythonPage } from './testing/python-page.ts';

const startProcess = pythonPage();
const bytes = (text: string) => new TextEncoder().encode(text);
const texts = (changes: readonly FileChange[]) =>
  changes.map(({ name, bytes }) => [name, bytes && new TextDecoder().decode(bytes)]);
const start = (source: string, place: NodePlace) => startProcess(source, false, place);

test('a program has its arguments, its own text, the modules and the files of its folder', async () => {
  const source = `import sys, os
print(sys.argv)
import helper
print(helper.double(21), helper.__file__)
print(open(__file__).readline().strip(), __file__)
print(open('data/names.txt').read(), sorted(os.listdir()))
`;
  const { ended } = start(source, {
    args: `127.0.0.1 8009 --name 'two words'`,
    files: [
      { name: 'program.py', bytes: bytes(source) },
      { name: 'helper.py', bytes: bytes('def double(x):\n    return 2 * x\n') },
      { name: 'data/names.txt', bytes: bytes('Ada') },
    ],
  });
  expect((await ended).output.trimEnd().split('\n')).toEqual([
    "['program.py', '127.0.0.1', '8009', '--name', 'two words']",
    '42 /home/pyodide/helper.py',
    'import sys, os /home/pyodide/program.py',
    "Ada ['data', 'helper.py', 'program.py']",
  ]);
});

test('what a program does to its files is told: written, moved, deleted, and while a file stays open', async () => {
  const process = start(
    `import os
with open('users.json', 'w') as f:
    f.write('{}')
os.mkdir('got')
with open('got/part', 'wb') as f:
    f.write(b'12345')
os.rename('got', 'received')
os.remove('old.txt')
open('program.py', 'a').close()
log = open('log.txt', 'w', buffering=1)
print('first line', file=log)
input()
print('second line', file=log)
print(open('sent.txt').read())
`,
    { args: '', files: [{ name: 'old.txt', bytes: bytes('old') }] },
  );
  const logged = (line: string) =>
    process.changed(({ name, bytes }) => name === 'log.txt' && bytes?.length === line.length);
  await logged('first line\n');
  process.putFile({ name: 'sent.txt', bytes: bytes('by another') });
  process.type('');
  const { output } = await process.ended;
  expect(output).toContain('by another');
  expect(texts(process.changes)).toEqual([
    ['users.json', '{}'],
    ['got/part', '12345'],
    ['got/part', undefined],
    ['received/part', '12345'],
    ['old.txt', undefined],
    ['log.txt', 'first line\n'],
    ['log.txt', 'first line\nsecond line\n'],
  ]);
});

test('a command line that a shell could not take apart runs nothing', async () => {
  const { ended } = start(`print('ran')`, { args: `'open`, files: [] });
  expect(await ended).toMatchObject({ code: 2, output: 'sh: 1: Syntax error: No closing quotation\n' });
});
