import { expect, onTestFinished, test } from 'vitest';
import { decodeUtf8 } from '../../protocol/utf8.ts';
import { ByteSequence } from '../../testing/byte-sequence.ts';
import { startTestPlayground, until } from '../../testing/playground.ts';
import { liveOf } from '../../web/store/live-socket.ts';
import type { Playground } from '../../web/store/playground.ts';
import { openTestPage } from '../../web/store/testing/test-page.ts';
import type { StartOptions } from '../start-playground.ts';

async function open(
  overrides: Partial<StartOptions> = {},
): Promise<{ page: Playground; portOf: (name: string) => number; openPage: () => Playground }> {
  const server = await startTestPlayground(overrides);
  onTestFinished(() => server.close());
  const openPage = (): Playground => {
    const page = openTestPage(server.url);
    onTestFinished(() => page.client.leave());
    return page;
  };
  const page = openPage();
  await until(page, () => page.gateway().phase === 'online');
  const portOf = (name: string): number => page.lab().find((server) => server.name === name)?.port ?? 0;
  return { page, portOf, openPage };
}

test('connects to the timestamp echo and reads its answer, both ends told in order', async () => {
  const { page, portOf } = await open();
  const record = page.connect('tcp', '127.0.0.1', portOf('Timestamp echo'));
  record.send(new TextEncoder().encode('hello python'));
  await until(record, () => record.received.length > 0);
  expect(decodeUtf8(record.received.slice(0, 100))).toMatch(/^\[\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}\] b'hello python'$/);
  record.close();
  await until(record.log, () => record.log.at(record.log.length() - 1)?.call === 'close' && record.isOver);
  await until(record.log, () =>
    Array.from({ length: record.log.length() }, (_, i) => record.log.at(i)).some(
      (e) => e?.end === 'peer' && e.call === 'close',
    ),
  );
  const events = Array.from({ length: record.log.length() }, (_, index) => record.log.at(index));
  const calls = (end: 'local' | 'peer'): string[] =>
    events.filter((event) => event?.end === end).map((event) => event?.call ?? '');
  expect(calls('local')).toEqual(['socket', 'connect', 'send', 'recv', 'close']);
  expect(calls('peer').filter((call) => call !== 'print')).toEqual([
    'socket',
    'bind',
    'listen',
    'accept',
    'recv',
    'send',
    'recv',
    'close',
  ]);
});

test('keeps the second client of a one-at-a-time server waiting until the first leaves', async () => {
  const { page, portOf } = await open();
  const first = page.connect('tcp', '127.0.0.1', portOf('Timestamp echo'));
  await until(first, () => first.isAcceptedByPeer);
  const second = page.connect('tcp', '127.0.0.1', portOf('Timestamp echo'));
  second.send(new TextEncoder().encode('me too'));
  await until(second, () => second.sentCount === 6);
  expect(second.state).toBe('ESTABLISHED');
  await until(page, () => page.labStats().get('Timestamp echo')?.waiting === 1);
  expect(second.received.length).toBe(0);
  first.close();
  await until(second, () => second.received.length > 0);
  expect(second.isAcceptedByPeer).toBe(true);
});

test('lets another tab connect to a listener of one’s own, once it is accepted', async () => {
  const { page, openPage } = await open();
  const listener = page.listen('127.0.0.1', 0, 5);
  await until(listener, () => listener.state === 'LISTEN');
  const other = openPage();
  await until(other, () => other.gateway().phase === 'online');
  const client = other.connect('tcp', '127.0.0.1', listener.local?.port ?? 0);
  client.send(Uint8Array.of(1, 2, 3));
  await until(listener, () => listener.pending.waiting === 1);
  listener.accept();
  await until(page, () => page.sockets().length === 2);
  const peer = liveOf(page.sockets()[1]);
  if (!peer) throw new Error('no peer');
  await until(peer, () => peer.received.length === 3);
  peer.send(Uint8Array.of(9));
  peer.shutdown();
  await until(client, () => client.state === 'CLOSE-WAIT');
  expect(client.received.slice(0, 9)).toEqual(Uint8Array.of(9));
  client.close();
  await until(peer, () => peer.isOver);
});

test.each([
  ['127.0.0.1', 9, 'ECONNREFUSED'],
  ['192.0.2.1', 80, 'TARGET_FORBIDDEN'],
  ['10.0.0.1', 22, 'TARGET_FORBIDDEN'],
  ['169.254.169.254', 80, 'ADDRESS_FORBIDDEN'],
  ['127.0.0.1', 0, 'PORT_FORBIDDEN'],
  ['0177.0.0.1', 80, 'HOST_INVALID'],
  ['nosuch.example', 80, 'NAME_UNRESOLVED'],
])('refuses %s port %i with %s', async (host, port, code) => {
  const lookup = (): Promise<never> => Promise.reject(Object.assign(new Error('nothing'), { code: 'ENOTFOUND' }));
  const { page } = await open({ lookup });
  const record = page.connect('tcp', host, port);
  await until(record, () => record.isOver);
  expect(record.failure?.code).toBe(code);
});

test('brings 3 MB through the raw echo unchanged, and half-closes', async () => {
  const { page, portOf } = await open({ limits: { bytesPerSecond: 1e9, bytesBurst: 1e9 } });
  const record = page.connect('tcp', '127.0.0.1', portOf('Raw echo'));
  const bytes = new ByteSequence().bytes(0, 3_000_000);
  record.send(bytes);
  record.shutdown();
  await until(record, () => record.isOver);
  expect(record.failure).toBeUndefined();
  expect(Buffer.compare(record.received.slice(0, 4_000_000), bytes)).toBe(0);
});

test('tells TIME-WAIT of a connection that we closed first, with what its timer has left', async () => {
  const { page, portOf } = await open();
  const record = page.connect('tcp', '127.0.0.1', portOf('Raw echo'));
  onTestFinished(page.watch(record));
  await until(record, () => record.state === 'ESTABLISHED' && record.kernel !== undefined);
  record.close();
  await until(record, () => record.isOver && record.kernel?.state === 'TIME-WAIT');
  expect(record.kernel?.timer).toBeGreaterThan(30_000);
});
