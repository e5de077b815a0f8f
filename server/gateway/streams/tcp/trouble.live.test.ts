import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Trouble } from '../../../../protocol/messages/options.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../protocol/utf8.ts';
import { startTestPlayground, until } from '../../../../testing/playground.ts';
import type { LiveSocket } from '../../../../web/store/live-socket.ts';
import { openTestPage } from '../../../../web/store/testing/test-page.ts';
import type { StartOptions } from '../../../start-playground.ts';

async function open(overrides: Partial<StartOptions> = {}) {
  const server = await startTestPlayground(overrides);
  onTestFinished(() => server.close());
  const page = openTestPage(server.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().phase === 'online');
  const portOf = (name: string): number => page.lab().find((one) => one.name === name)?.port ?? 0;
  const connectTo = async (name: string, trouble: Trouble): Promise<LiveSocket> => {
    const record = page.connect('tcp', '127.0.0.1', portOf(name), { trouble });
    await until(record, () => record.state === 'ESTABLISHED');
    return record;
  };
  return { page, portOf, connectTo };
}
function receives(record: LiveSocket): { readonly at: number; readonly count: number }[] {
  return Array.from({ length: record.log.length() }, (_, index) => record.log.at(index))
    .filter((event) => event?.end === 'local' && event.call === 'recv' && event.count > 0)
    .map((event) => ({ at: event?.at ?? 0, count: event?.count ?? 0 }));
}

test('a proxy without trouble passes everything on, and the lab server’s calls are still told', async () => {
  const { connectTo, portOf } = await open();
  const record = await connectTo('Timestamp echo', {});
  expect(record.remote).toEqual({ host: '127.0.0.1', port: portOf('Timestamp echo') });
  expect(record.proxy?.port).not.toBe(portOf('Timestamp echo'));
  // What the server takes for its peer is the proxy.
  expect(record.seenAs).toMatchObject({ host: '127.0.0.1' });
  expect([record.local?.port, record.proxy?.port]).not.toContain(record.seenAs?.port);
  expect(record.lab).toBe('Timestamp echo');
  record.send(encodeUtf8('hello python'));
  await until(record, () => record.received.length > 0);
  expect(decodeUtf8(record.received.slice(0, 100))).toContain("b'hello python'");
  record.close();
  const calls = (): string[] =>
    Array.from({ length: record.log.length() }, (_, index) => record.log.at(index))
      .filter((event) => event?.end === 'peer' && event.call !== 'print')
      .map((event) => event?.call ?? '');
  await until(record.log, () => calls().includes('close'));
  expect(calls()).toEqual(['socket', 'bind', 'listen', 'accept', 'recv', 'send', 'recv', 'close']);
});

test('latency: no answer comes sooner', async () => {
  const { connectTo } = await open();
  const record = await connectTo('Raw echo', { latency: 120 });
  record.send(Uint8Array.of(1));
  await until(record, () => record.received.length === 1);
  const sent = Array.from({ length: record.log.length() }, (_, index) => record.log.at(index)).find(
    (event) => event?.end === 'peer' && event.call === 'send',
  );
  // 5 ms for timers that fire early by a rounding and clocks that are read a moment apart.
  expect((receives(record)[0]?.at ?? 0) - (sent?.at ?? 0)).toBeGreaterThan(115_000);
});

test('slice: what one send brought back comes in as many recv as there are slices', async () => {
  const { connectTo } = await open();
  const record = await connectTo('Raw echo', { slice: 3 });
  record.send(encodeUtf8('0123456789'));
  await until(record, () => record.received.length === 10);
  expect(receives(record).map(({ count }) => count)).toEqual([3, 3, 3, 1]);
});

test('bandwidth: so many bytes take so long', async () => {
  const { connectTo } = await open();
  const record = await connectTo('Raw echo', { bandwidth: 1_000 });
  record.send(new Uint8Array(250));
  await until(record, () => record.received.length === 250);
  const [first, ...rest] = receives(record);
  expect((rest.at(-1)?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(190_000);
});

test('limit closes after so many bytes, reset resets', async () => {
  const { connectTo } = await open();
  const limited = await connectTo('Raw echo', { limit: 4 });
  limited.send(encodeUtf8('0123456789'));
  await until(limited, () => limited.state === 'CLOSE-WAIT' || limited.isOver);
  expect(limited.failure).toBeUndefined();
  expect(decodeUtf8(limited.received.slice(0, 100))).toBe('0123');
  const reset = await connectTo('Raw echo', { reset: 4 });
  reset.send(encodeUtf8('0123456789'));
  await until(reset, () => reset.isOver);
  expect(reset.failure?.code).toBe('ECONNRESET');
  expect(decodeUtf8(reset.received.slice(0, 100))).toBe('0123');
});

test('slow close: the FIN of the other end comes late', async () => {
  const { connectTo } = await open();
  const record = await connectTo('Raw echo', { slowClose: 150 });
  record.send(Uint8Array.of(1));
  await until(record, () => record.received.length === 1);
  record.shutdown();
  const calls = () => Array.from({ length: record.log.length() }, (_, index) => record.log.at(index));
  await until(record, () => record.isOver);
  const shutdown = calls().find((event) => event?.call === 'shutdown' && event.end === 'local');
  const fin = calls().findLast((event) => event?.call === 'recv' && event.count === 0 && event.end === 'local');
  expect((fin?.at ?? 0) - (shutdown?.at ?? 0)).toBeGreaterThan(140_000);
});

test('the other direction: what is sent arrives late and in slices', async () => {
  const { connectTo } = await open();
  const record = await connectTo('Raw echo', { slice: 2, direction: 'up' });
  record.send(encodeUtf8('abcdef'));
  await until(record, () => record.received.length === 6);
  const reads = Array.from({ length: record.log.length() }, (_, index) => record.log.at(index)).filter(
    (event) => event?.end === 'peer' && event.call === 'recv' && event.count > 0,
  );
  expect(reads.map((event) => event?.count)).toEqual([2, 2, 2]);
});

test('changed on a live connection: bytes under way meet the new trouble, none is lost or turned round', async () => {
  const { connectTo } = await open();
  const record = await connectTo('Raw echo', { latency: 60_000, direction: 'both' });
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
  for (let offset = 0; offset < bytes.length; offset += 10_000) record.send(bytes.slice(offset, offset + 10_000));
  await until(record, () => record.sentCount > 65_536);
  expect((await record.setOptions({ trouble: { latency: 20, jitter: 20, direction: 'both' } })).code).toBeUndefined();
  await until(record, () => record.received.length > 10_000);
  await record.setOptions({ trouble: {} });
  await until(record, () => record.received.length === bytes.length);
  expect(record.received.slice(0, bytes.length)).toEqual(bytes);
});

test.runIf(process.platform === 'linux')(
  'a stalled proxy holds what it says and no more: the sender’s window closes',
  async () => {
    const { connectTo, page } = await open();
    const record = await connectTo('Discard', { latency: 60_000, direction: 'up' });
    const chunk = new Uint8Array(16_384);
    for (let count = 0; count < 1_000; count += 1) record.send(chunk);
    // It stops when 64 KiB are held and the kernel's buffers are full, long before all 16 MB are gone.
    onTestFinished(page.watch(record));
    let last = -1;
    let told = record.kernel;
    await until(record, () => {
      if (record.kernel === told) return false;
      told = record.kernel;
      const isStuck = (told?.sendQueue ?? 0) > 0 && record.sentCount === last;
      last = record.sentCount;
      return isStuck;
    });
    expect(last).toBeLessThan(chunk.length * 1_000);
  },
);

test('the policy is asked about the target, and a refusal of the target’s is told as such', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const { page } = await open();
  const forbidden = page.connect('tcp', '127.0.0.1', port, { trouble: {} });
  await until(forbidden, () => forbidden.isOver);
  expect(forbidden.failure?.code).toBe('TARGET_FORBIDDEN');
  server.close();
  const refused = page.connect('tcp', '127.0.0.1', port, { trouble: {} });
  await until(refused, () => refused.isOver);
  expect(refused.failure?.code).toBe('ECONNREFUSED');
});

test('nobody else gets through the proxy, before or after', async () => {
  const { connectTo, page } = await open();
  const record = await connectTo('Raw echo', {});
  const intruder = connect(record.proxy?.port ?? 0, '127.0.0.1');
  const [error] = (await once(intruder, 'error')) as [NodeJS.ErrnoException];
  expect(['ECONNREFUSED', 'ECONNRESET']).toContain(error.code);
  expect(page.sockets()).toHaveLength(1);
  record.send(Uint8Array.of(7));
  await until(record, () => record.received.length === 1);
});

test('its sockets are counted, and the count goes back when all is closed', async () => {
  const { page, portOf } = await open({ limits: { sockets: 4 } });
  const first = page.connect('tcp', '127.0.0.1', portOf('Raw echo'), { trouble: {} });
  await until(first, () => first.state === 'ESTABLISHED');
  const second = page.connect('tcp', '127.0.0.1', portOf('Raw echo'));
  await until(second, () => second.isOver);
  expect(second.failure?.code).toBe('SOCKET_LIMIT');
  first.reset();
  await until(first, () => first.isOver);
  let third = page.connect('tcp', '127.0.0.1', portOf('Raw echo'), { trouble: {} });
  await until(third, () => third.isOver || third.state === 'ESTABLISHED');
  // The reset reaches the proxy a moment after the page.
  while (third.failure) {
    third = page.connect('tcp', '127.0.0.1', portOf('Raw echo'), { trouble: {} });
    await until(third, () => third.isOver || third.state === 'ESTABLISHED');
  }
  expect(third.state).toBe('ESTABLISHED');
});

/** How many of the gateway's sockets a connection through a proxy takes. */
const PROXIED = 4;

test('a proxy ends as soon as both sides have closed, whatever it still holds for a learner who is gone', async () => {
  const { connectTo, page, portOf } = await open({ limits: { sockets: PROXIED } });
  const record = await connectTo('Raw echo', { latency: 60_000 });
  record.send(encodeUtf8('never comes back'));
  const calls = (): (string | undefined)[] =>
    Array.from({ length: record.log.length() }, (_, index) => record.log.at(index))
      .filter((event) => event?.end === 'peer')
      .map((event) => event?.call);
  await until(record.log, () => calls().includes('send'));
  record.close();
  await until(record.log, () => calls().includes('close'));
  // There is room for no other until the proxy has closed its sockets.
  for (;;) {
    const next = page.connect('tcp', '127.0.0.1', portOf('Raw echo'));
    await until(next, () => next.isOver || next.state === 'ESTABLISHED');
    if (next.state === 'ESTABLISHED') break;
    expect(next.failure?.code).toBe('SOCKET_LIMIT');
  }
  expect(record.received.length).toBe(0);
});

test('what was sent just before the close still arrives, late', async () => {
  const { connectTo } = await open();
  const record = await connectTo('Discard', { latency: 100, direction: 'up' });
  record.send(encodeUtf8('goodbye'));
  record.close();
  const calls = (): string[] =>
    Array.from({ length: record.log.length() }, (_, index) => record.log.at(index))
      .filter((event) => event?.end === 'peer' && ['recv', 'close'].includes(event.call))
      .map((event) => `${event?.call} ${event?.count} ${event?.error ?? ''}`);
  await until(record.log, () => calls().some((call) => call.startsWith('close')));
  expect(calls()).toEqual(['recv 7 ', 'recv 0 ', 'close 0 ']);
});

test('a target that goes on talking to a learner who has closed is reset, as his own kernel would', async () => {
  const { connectTo } = await open();
  const record = await connectTo('Character generator', { latency: 50, direction: 'up' });
  await until(record, () => record.received.length > 0);
  record.close();
  const errors = (): (string | undefined)[] =>
    Array.from({ length: record.log.length() }, (_, index) => record.log.at(index))
      .filter((event) => event?.end === 'peer')
      .map((event) => event?.error);
  await until(record.log, () => errors().some((error) => error === 'ECONNRESET' || error === 'EPIPE'));
});
