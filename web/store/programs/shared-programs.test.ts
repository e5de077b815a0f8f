import { expect, test } from 'vitest';
import { EXAMPLES, sourcesOf } from './examples.ts';
import { decodeFragment, encodeFragment, parseShared } from './shared-programs.ts';

test('a link carries the programs and nothing of them before the fragment', async () => {
  const shared = { programs: [{ file: 'server.py', source: 'print("你好")\n' }] };
  const fragment = await encodeFragment(shared);
  expect(fragment).toMatch(/^#programs=[A-Za-z0-9_-]+$/);
  expect(await decodeFragment(fragment)).toEqual(shared);
});

test.each([
  ['no fragment of ours', '#other'],
  ['not Base64', '#programs=%%%'],
  ['not deflated', '#programs=AAAA'],
])('%s is no program', async (_name, fragment) => {
  expect(await decodeFragment(fragment)).toBeUndefined();
});

test.each([
  undefined,
  {},
  { programs: [] },
  { programs: [{ file: '../x.py', source: '' }] },
  { programs: [{ file: 'a.py', source: 1 }] },
  {
    programs: [
      { file: 'a.py', source: '' },
      { file: 'a.py', source: '' },
    ],
  },
  { programs: [{ file: 'a.py', source: 'x'.repeat(200_001) }] },
])('what is not a list of programs is refused: %j', (value) => {
  expect(parseShared(value)).toBeUndefined();
});

test('every example has a server and a client, the server first', () => {
  for (const example of EXAMPLES) {
    expect(sourcesOf(example).map(({ file }) => file)).toEqual(['server.py', 'client.py']);
  }
});
