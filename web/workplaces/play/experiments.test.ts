import { expect, onTestFinished, test } from 'vitest';
import { startTestPlayground, until } from '../../../testing/playground.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import type { Playground } from '../../store/playground.ts';
import { openTestPage } from '../../store/testing/test-page.ts';
import { type Bench, EXPERIMENT, type ExperimentName, sendWhenServed } from './experiments.ts';

async function page(): Promise<Playground> {
  const running = await startTestPlayground();
  onTestFinished(() => running.close());
  const opened = openTestPage(running.url);
  onTestFinished(() => opened.client.leave());
  await until(opened, () => opened.lab().length > 0);
  return opened;
}
const benchOf = (playground: Playground, views: string[]): Bench => ({
  lab: playground.lab,
  connect: (host, port, options) => playground.connect('tcp', host, port, options),
  listen: () => playground.listen('127.0.0.1', 0, 5),
  show: (view) => views.push(view),
});
/** Sets it up, presses once it is ready, and waits for what is to be seen. */
async function run(
  name: ExperimentName,
  playground: Playground,
  views: string[] = [],
): Promise<LiveSocket | undefined> {
  const { setUp, isReady, act, isDone } = EXPERIMENT[name];
  const bench = benchOf(playground, views);
  const record = setUp(bench);
  await until(playground, () => isReady(record));
  const watched = act(record, bench);
  await until(playground, () => isDone(watched));
  return watched;
}
const calls = ({ log }: LiveSocket, end: string): string[] =>
  Array.from({ length: log.length() }, (_, index) => log.at(index))
    .filter((event) => event?.end === end)
    .map((event) => event?.call ?? '');

test('cut: one send is read four bytes at a time', async () => {
  const views: string[] = [];
  const playground = await page();
  const record = await run('cut', playground, views);
  await until(playground, () => (record ? calls(record, 'peer').filter((call) => call === 'recv').length >= 4 : false));
  const { log } = record as LiveSocket;
  const reads = Array.from({ length: log.length() }, (_, index) => log.at(index)).filter(
    (event) => event?.end === 'peer' && event.call === 'recv',
  );
  expect(reads.map((event) => event?.count)).toEqual([4, 4, 4, 3]);
  expect(views).toEqual(['boundaries']);
});

test('two letters: the first is answered by RST, and the second fails', async () => {
  const playground = await page();
  const started: LiveSocket[] = [];
  onTestFinished(
    playground.subscribe(() => {
      const [socket] = playground.sockets();
      if (!socket || started.includes(socket as LiveSocket)) return;
      started.push(socket as LiveSocket);
      playground.watch(socket); // the page looks at it
    }),
  );
  const record = (await run('twoLetters', playground)) as LiveSocket;
  expect(record.failure?.code).toBe('EPIPE');
  expect(calls(record, 'local').slice(-2)).toEqual(['send', 'send']);
});

test('half-close: the answer comes after our FIN', async () => {
  const record = (await run('halfClose', await page())) as LiveSocket;
  expect(record.received.length).toBe(12);
  expect(calls(record, 'local')).toContain('shutdown');
});

test('be the server: a client waits, with its bytes, and nobody has called accept()', async () => {
  const record = (await run('beServer', await page())) as LiveSocket;
  expect(record.pending.waiting).toBe(1);
  expect(calls(record, 'local')).not.toContain('accept');
});

test('do it wrong: the refusal is the kernel’s', async () => {
  const record = (await run('wrong', await page())) as LiveSocket;
  expect(record.failure?.code).toBe('ECONNREFUSED');
});

test('one at a time: the view of two clients, and nothing opened', async () => {
  const playground = await page();
  const views: string[] = [];
  await run('oneAtATime', playground, views);
  expect(views).toEqual(['compare']);
  expect(playground.sockets()).toEqual([]);
});

test('what waits for accept() leaves after it, and a socket that has ended sends nothing', async () => {
  const playground = await page();
  const lab = playground.lab().find(({ name }) => name === 'Timestamp echo');
  if (!lab) throw new Error('no such server');
  const record = playground.connect('tcp', lab.host, lab.port);
  sendWhenServed(record, Uint8Array.of(104, 105));
  await until(record, () => record.received.length > 0);
  const ends = Array.from({ length: record.log.length() }, (_, index) => record.log.at(index)?.call);
  expect(ends.indexOf('send')).toBeGreaterThan(ends.indexOf('accept'));

  const second = playground.connect('tcp', lab.host, lab.port);
  sendWhenServed(second, Uint8Array.of(104));
  second.reset();
  await until(second, () => second.isOver);
  expect(second.sent.length).toBe(0);
});
