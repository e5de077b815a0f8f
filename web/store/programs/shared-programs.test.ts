import { expect, test } from 'vitest';
import { FIRST_PEERS, parsePeers } from '../tasks/task.ts';
import { EXAMPLES, sourcesOf } from './examples.ts';
import { decodeFragment, encodeFragment, parseShared } from './shared-programs.ts';

test('a link carries the programs and nothing of them before the fragment', async () => {
  const shared = { programs: [{ file: 'server.py', source: 'print("你好")\n' }] };
  const fragment = await encodeFragment(shared);
  expect(fragment).toMatch(/^#programs=[A-Za-z0-9_-]+$/);
  expect(await decodeFragment(fragment)).toEqual(shared);
});

const task = { text: 'Write an echo.', peers: FIRST_PEERS };
test('a link carries a task and the clients that check it', async () => {
  const shared = { programs: [{ file: 'server.py', source: '' }], task };
  expect(await decodeFragment(await encodeFragment(shared))).toEqual(shared);
});

test('a link carries what follows the name of a program, and lines of input', async () => {
  const shared = { programs: [{ file: 'client.py', source: '', args: '--port 8009', input: ['hello', '', '你好'] }] };
  expect(await decodeFragment(await encodeFragment(shared))).toEqual(shared);
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
  {
    programs: [
      { file: 'a.py', source: '' },
      { file: 'b.py', source: '', input: ['two\nlines'] },
    ],
  },
  { programs: [{ file: 'a.py', source: '' }], task: 'an echo' },
  { programs: [{ file: 'a.py', source: '' }], task: { ...task, text: 'x'.repeat(4_001) } },
  { programs: [{ file: 'a.py', source: '' }], task: { ...task, peers: [] } },
  { programs: [{ file: 'a.py', source: '' }], task: { ...task, peers: [...FIRST_PEERS, ...FIRST_PEERS] } },
  { programs: [{ file: 'a.py', source: '' }], task: { ...task, peers: [{ ...FIRST_PEERS[0], host: '10.0.0.1' }] } },
])('what is not a list of programs is refused: %j', (value) => {
  expect(parseShared(value)).toBeUndefined();
});

test('every example has a server and a client, the server first', () => {
  for (const example of EXAMPLES) {
    expect(sourcesOf(example).map(({ file }) => file)).toEqual(['server.py', 'client.py']);
  }
});

test.each([
  ['[', /JSON/],
  ['[]', /./],
  ['[{ "id": "a", "port": 0, "script": [{ "end": true }] }]', /port/],
  ['[{ "id": "a", "port": 1, "script": [{ "end": true, "reset": true }] }]', /script/],
  ['[{ "id": "a", "port": 1, "script": [{ "end": true }, { "send": "x" }] }]', /a sends behind its own end/],
])('what is wrong with test clients is said where it stands: %s', (json, where) => {
  expect(parsePeers(json)).toMatchObject({ wrong: expect.stringMatching(where) });
});
test('test clients as JSON are those that a link carries', () => {
  expect(parsePeers(JSON.stringify(FIRST_PEERS))).toEqual({ peers: FIRST_PEERS });
});
