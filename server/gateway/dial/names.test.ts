import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FoundAddress, Names } from './names.ts';
import { parseHosts, parseSearch } from './resolver-files.ts';
import { candidatesOf, inOrder } from './system-lookup.ts';
import { type Answer, NameServer } from './testing/name-server.ts';

const PATIENT = 60_000;
const ONE: FoundAddress = { address: '203.0.113.1', family: 4 };

/** A lookup that answers when the test says so. */
function createAsked() {
  const asked: { readonly name: string; readonly answer: () => void }[] = [];
  const lookup = (name: string): Promise<readonly FoundAddress[]> =>
    new Promise((resolve) => void asked.push({ name, answer: () => resolve([ONE]) }));
  return { asked, lookup };
}
const lookUp = (names: Names<object>, asker: object, count: number, label: string): Promise<readonly string[]>[] =>
  Array.from({ length: count }, (_, index) => names.addressesOf(`${label}${index}.example`, asker));

describe('what stands for loopback', () => {
  test.each(['localhost', 'a.localhost', 'b.a.localhost'])('%s is asked of nobody', async (name) => {
    const { asked, lookup } = createAsked();
    const asker = {};
    expect(await new Names(lookup, PATIENT, () => true).addressesOf(name, asker)).toEqual(['127.0.0.1', '::1']);
    expect(await new Names(lookup, PATIENT, () => false).addressesOf(name, asker)).toEqual(['127.0.0.1']);
    expect(asked).toEqual([]);
  });
});

test('four names of one learner are looked up at once; the rest wait, and others do not wait for them', async () => {
  const { asked, lookup } = createAsked();
  const names = new Names<object>(lookup, PATIENT, () => true);
  const [greedy, quiet] = [{}, {}];
  const many = lookUp(names, greedy, 20, 'many');
  await new Promise(setImmediate);
  expect(asked).toHaveLength(4);
  const [one] = lookUp(names, quiet, 1, 'one');
  await new Promise(setImmediate);
  expect(asked.map(({ name }) => name)).toContain('one0.example');
  asked.at(-1)?.answer();
  expect(await one).toEqual(['203.0.113.1']);
  for (let next = 0; next < asked.length; next += 1) {
    asked[next]?.answer();
    await new Promise(setImmediate);
  }
  expect(await Promise.all(many)).toHaveLength(20);
});

test('when all turns are taken, who comes last is next: those who wait have one turn each', async () => {
  const { asked, lookup } = createAsked();
  const names = new Names<object>(lookup, PATIENT, () => true);
  const crowd = Array.from({ length: 16 }, (_, index) => lookUp(names, {}, 12, `crowd${index}-`));
  await new Promise(setImmediate);
  expect(asked).toHaveLength(64);
  const [late] = lookUp(names, {}, 1, 'late');
  await new Promise(setImmediate);
  expect(asked).toHaveLength(64); // so many in all
  for (let turn = 0; turn < 17; turn += 1) {
    asked[turn]?.answer();
    await new Promise(setImmediate);
  }
  expect(asked.map(({ name }) => name)).toContain('late0.example');
  for (let next = 0; next < asked.length; next += 1) {
    asked[next]?.answer();
    await new Promise(setImmediate);
  }
  await Promise.all([late, ...crowd.flat()]);
});

test('one learner has so many waiting, and no more', async () => {
  const { asked, lookup } = createAsked();
  const names = new Names<object>(lookup, PATIENT, () => true);
  const asker = {};
  const waiting = lookUp(names, asker, 68, 'waiting');
  await expect(names.addressesOf('more.example', asker)).rejects.toMatchObject({ code: 'NAME_UNRESOLVED' });
  for (let next = 0; next < asked.length; next += 1) {
    asked[next]?.answer();
    await new Promise(setImmediate);
  }
  await Promise.all(waiting);
});

/** A name server, and what this machine's files are to say. */
async function open(answer: (name: string) => Answer, files: { hosts?: string; resolv?: string } = {}) {
  const server = await NameServer.start(answer);
  onTestFinished(() => server.close());
  const folder = await mkdtemp(join(tmpdir(), 'names-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [hostsFile, resolvConf] = [join(folder, 'hosts'), join(folder, 'resolv.conf')];
  await writeFile(hostsFile, files.hosts ?? '');
  await writeFile(resolvConf, files.resolv ?? '');
  const lookup = server.lookup(PATIENT, { hostsFile, resolvConf, hasIpv6: () => true });
  return { server, hostsFile, lookup };
}
const never = new AbortController().signal;

test('the hosts file comes first, and is read anew when it has changed', async () => {
  const { server, hostsFile, lookup } = await open(() => ['203.0.113.9'], {
    hosts: '127.0.0.5 Teacher teacher.lan # x\n',
  });
  expect(await lookup('teacher.lan', never)).toEqual([{ address: '127.0.0.5', family: 4 }]);
  expect(await lookup('teacher', never)).toEqual([{ address: '127.0.0.5', family: 4 }]);
  expect(server.asked).toEqual([]);
  await writeFile(hostsFile, '');
  expect(await lookup('teacher.lan', never)).toEqual([{ address: '203.0.113.9', family: 4 }]);
});

test('a name without a dot is looked for in the machine’s own domains', async () => {
  const answer = (name: string): Answer => (name === 'db.second.lan' ? ['203.0.113.9'] : undefined);
  const { server, lookup } = await open(answer, { resolv: 'search first.lan second.lan\n' });
  expect(await lookup('db', never)).toEqual([{ address: '203.0.113.9', family: 4 }]);
  expect([...new Set(server.asked)]).toEqual(['db.first.lan', 'db.second.lan']);
  await expect(lookup('no.such.name', never)).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

test('a question that is not answered is taken back when its time is over', async () => {
  const { server, lookup } = await open(() => 'silence');
  const names = new Names<object>(lookup, 200, () => true);
  const asker = {};
  const start = performance.now();
  const first = lookUp(names, asker, 4, 'first');
  const waiting = lookUp(names, asker, 1, 'waiting');
  for (const looking of [...first, ...waiting]) {
    await expect(looking).rejects.toMatchObject({ code: 'NAME_UNRESOLVED' });
  }
  expect(performance.now() - start).toBeLessThan(5_000);
  // The turns of the four are free again although their server never answers.
  const again = lookUp(names, asker, 1, 'again');
  await expect.poll(() => server.asked).toContain('again0.example');
  await expect(again[0]).rejects.toMatchObject({ code: 'NAME_UNRESOLVED' });
});

test('families take turns, IPv6 first where it leads anywhere', () => {
  const found = ['192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8::2', '2001:db8::3'].map((address) => ({
    address,
    family: address.includes(':') ? 6 : 4,
  }));
  const order = (hasIpv6: boolean): string[] => inOrder(found, hasIpv6).map(({ address }) => address);
  expect(order(true)).toEqual(['2001:db8::1', '192.0.2.1', '2001:db8::2', '192.0.2.2', '2001:db8::3']);
  expect(order(false)).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8::2', '2001:db8::3']);
});

test('hosts(5): several names and addresses, remarks, and lines that are none', () => {
  const table = parseHosts('# all\n::1 a b\n127.0.0.1\tA # c\n0x7f.1 d\nfe80::1%lo e\n\n::1 a\n');
  expect(Object.fromEntries([...table].map(([name, found]) => [name, found.map(({ address }) => address)]))).toEqual({
    a: ['::1', '127.0.0.1'],
    b: ['::1'],
  });
});

test.each([
  ['', ['a.b'], ['a.b']],
  ['search x.lan y.lan', ['a'], ['a.x.lan', 'a.y.lan', 'a']],
  ['search x.lan', ['a.b'], ['a.b', 'a.b.x.lan']],
  ['search x.lan\noptions timeout:1 ndots:2', ['a.b'], ['a.b.x.lan', 'a.b']],
  ['search x.lan\ndomain y.lan. z.lan', ['a'], ['a.y.lan', 'a']],
  ['search . -bad x.lan', ['a'], ['a.x.lan', 'a']],
])('resolv.conf(5) %j', (text, [name = ''], asked) => expect(candidatesOf(name, parseSearch(text))).toEqual(asked));
