import { expect, onTestFinished, test } from 'vitest';
import type { StartOptions } from '../server/start-playground.ts';
import { startProxiedPlayground, until } from '../testing/playground.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { Playground } from '../web/store/playground.ts';
import { openTestPage } from '../web/store/testing/test-page.ts';

const EVENT: TraceEvent = {
  at: 0,
  end: 'local',
  call: 'connect',
  argument: undefined,
  direction: undefined,
  offset: 0,
  count: 0,
  text: '',
  error: undefined,
  took: undefined,
};

async function open(overrides: Partial<StartOptions> = {}) {
  const { server, proxy, url, close } = await startProxiedPlayground(overrides);
  onTestFinished(close);
  const echo = server.lab.servers.find(({ name }) => name === 'Raw echo')?.port ?? 0;
  const openPage = async (): Promise<Playground> => {
    const page = openTestPage(url);
    onTestFinished(() => page.client.leave());
    await until(page, () => page.gateway().phase === 'online');
    return page;
  };
  return { server, proxy, echo, openPage };
}

test('more sockets than may be opened at once: those that are open go on, the rest come in their time', async () => {
  const { echo, openPage } = await open({ limits: { opensBurst: 4, opensPerSecond: 20, streams: 64 } });
  const page = await openPage();
  const records = Array.from({ length: 12 }, () => page.connect('tcp', '127.0.0.1', echo));
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) throw new Error('unreachable');
  first.send(Uint8Array.of(1));
  await until(first, () => first.received.length === 1);
  expect(last.state).toBe('SYN-SENT');
  await until(page, () => records.every(({ state, isOver }) => state === 'ESTABLISHED' || isOver));
  expect(records.map(({ failure }) => failure?.code)).toEqual(records.map(() => undefined));
});

test('a socket that is reset before the gateway was asked for it does not stay open there', async () => {
  const { server, echo, openPage } = await open({ limits: { opensBurst: 2, opensPerSecond: 20 } });
  const page = await openPage();
  const records = Array.from({ length: 6 }, () => page.connect('tcp', '127.0.0.1', echo));
  for (const record of records) record.reset();
  await until(page, () => records.every(({ isOver }) => isOver));
  await expect.poll(() => server.gateway.socketCount).toBe(0);
});

test('a call on a socket that has ended is answered all the same', async () => {
  const { echo, openPage } = await open();
  const page = await openPage();
  const closed = Promise.withResolvers<void>();
  const stream = page.client.open({ kind: 'tcp', host: '127.0.0.1', port: echo }, { onClosed: () => closed.resolve() });
  stream.close();
  await closed.promise;
  expect((await stream.call({ call: 'getsockopt' })).code).toBe('SOCKET_CLOSED');
});

test('what was typed in small pieces while the network was away is not taken for a flood', async () => {
  const limits = { framesPerSecond: 500, framesBurst: 1_000, penaltyLimit: 300 };
  const { proxy, echo, openPage } = await open({ limits });
  const page = await openPage();
  const record = page.connect('tcp', '127.0.0.1', echo);
  await until(record, () => record.state === 'ESTABLISHED');
  proxy.isDown = true;
  await until(page, () => page.gateway().phase === 'offline');
  for (let sent = 0; sent < 1_500; sent += 1) record.send(Uint8Array.of(sent & 255));
  proxy.isDown = false;
  await until(record, () => record.received.length === 1_500 || record.isOver);
  expect(record.failure).toBeUndefined();
  expect(page.gateway().back?.isLossless).toBe(true);
});

test('a full house is no final refusal: who waits comes in when somebody leaves', async () => {
  const { openPage, server } = await open({ limits: { sessions: 1 } });
  const first = await openPage();
  const second = openTestPage(server.url);
  onTestFinished(() => second.client.leave());
  await until(second, () => second.gateway().phase === 'offline');
  expect(second.gateway().failure?.code).toBe('SESSION_LIMIT');
  first.client.leave();
  await until(second, () => second.gateway().phase === 'online');
});

test('a wrong token is a final refusal', async () => {
  const { server } = await open({ token: 'right' });
  const page = openTestPage(server.url, { token: 'wrong' });
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().phase === 'refused');
  expect(page.gateway().failure?.code).toBe('TOKEN_INVALID');
});

test('the right token brings the same page in: what it shows and what it has asked for stay', async () => {
  const { server, echo } = await open({ token: 'right' });
  const page = openTestPage(server.url, { token: 'wrong' });
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().phase === 'refused');
  const epoch = Date.UTC(2026, 0, 1);
  const restoring = page.restoring(epoch, [{ id: 1, kind: 'tcp', remote: { host: '127.0.0.1', port: 7 } }]);
  const event = { ...EVENT, at: 1_500 };
  restoring.addEvents(0, [event]);
  const [recorded] = restoring.show();
  const asked = page.connect('tcp', '127.0.0.1', echo);
  page.client.enter('wrong, too');
  expect([page.gateway().phase, page.gateway().failure]).toEqual(['connecting', undefined]);
  await until(page, () => page.gateway().phase === 'refused');
  page.client.enter('right');
  await until(page, () => page.gateway().phase === 'online');
  expect(page.sockets()).toEqual([recorded, asked]);
  restoring.addEvents(0, [event]);
  const times = [0, 1].map((index) => recorded?.wallClock(recorded.log.at(index)?.at ?? 0));
  for (const time of times) expect(time).toBe(epoch + 1.5); // on a line of its own
});
