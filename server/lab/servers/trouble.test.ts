import { expect, test } from 'vitest';
import { libc } from '../../net/ffi/libc.ts';
import type { LabClient } from '../testing/test-lab.ts';
import { soon, startTestLab } from '../testing/test-lab.ts';
import { answerDelay } from './trouble.ts';
import { TROUBLE_USAGE } from './trouble-command.ts';

/** Nobody reads while it sleeps: the kernel has to be asked. */
const canSeeResets = libc !== undefined;

/** A client whose trouble is chosen and confirmed. */
async function inTrouble(line: string): Promise<LabClient> {
  const { connect } = await startTestLab();
  const client = await connect('Trouble');
  client.socket.write(`${line}\n`);
  await client.until(({ text }) => expect(text).toBe(`ok ${line}\n`));
  return client;
}
const afterConfirmation = ({ text }: LabClient) => text.slice(text.indexOf('\n') + 1);
const sends = ({ events }: LabClient) => events.filter(({ call }) => call === 'send').slice(1);

test('a wrong line is answered by what is wrong and how to say it right, and can be corrected', async () => {
  const { connect } = await startTestLab();
  const client = await connect('Trouble');
  client.socket.write('dely 5\r\n');
  await client.until(({ text }) => expect(text).toBe(`there is no "dely"; ${TROUBLE_USAGE}\n`));
  client.socket.write('delay 0\r\nhello');
  await client.until((each) => expect(each.text.split('\n').slice(1)).toEqual(['ok delay 0', 'hello']));
});

test('a line without a line ending counts when nothing follows', async () => {
  const { connect } = await startTestLab();
  const client = await connect('Trouble');
  client.socket.write('slice 1');
  await client.until(({ text }) => expect(text).toBe('ok slice 1\n'));
  client.socket.write('abc');
  await client.until((each) => expect(afterConfirmation(each)).toBe('abc'));
});

test('slice: an answer goes out in sends of n bytes', async () => {
  const client = await inTrouble('slice 3');
  client.socket.write('hello python');
  await client.until((each) => expect(afterConfirmation(each)).toBe('hello python'));
  expect(sends(client).map(({ count }) => count)).toEqual([3, 3, 3, 3]);
});

test('drip: a pause follows each slice, which is one byte unless said otherwise', async () => {
  const client = await inTrouble('drip 20');
  client.socket.write('abc');
  await client.until((each) => expect(afterConfirmation(each)).toBe('abc'));
  const times = sends(client).map(({ at }) => at);
  expect(times).toHaveLength(3);
  expect((times[1] as number) - (times[0] as number)).toBeGreaterThanOrEqual(19_000);
  expect((times[2] as number) - (times[1] as number)).toBeGreaterThanOrEqual(19_000);
});

test('delay: every answer waits', async () => {
  const client = await inTrouble('delay 50');
  client.socket.write('late');
  await client.until((each) => expect(afterConfirmation(each)).toBe('late'));
  const received = client.events.filter(({ call }) => call === 'recv').at(-1);
  expect((sends(client)[0]?.at as number) - (received?.at as number)).toBeGreaterThanOrEqual(49_000);
});

test('jitter: the delay of an answer varies by so much about what it is, and is never less than none', () => {
  expect([0, 0.5, 0.75].map((random) => answerDelay({ delay: 100, jitter: 40 }, random))).toEqual([60, 100, 120]);
  expect(answerDelay({ jitter: 40 }, 0)).toBe(0);
  expect(answerDelay({ delay: 100 }, 0)).toBe(100);
});

test('delay with jitter: no answer comes sooner than the two allow', async () => {
  const client = await inTrouble('delay 60, jitter 20');
  client.socket.write('late');
  await client.until((each) => expect(afterConfirmation(each)).toBe('late'));
  const received = client.events.filter(({ call }) => call === 'recv').at(-1);
  expect((sends(client)[0]?.at as number) - (received?.at as number)).toBeGreaterThanOrEqual(39_000);
});

test('bandwidth: so many bytes take so long, in pieces of a twentieth of a second', async () => {
  const client = await inTrouble('bandwidth 1000');
  client.socket.write('x'.repeat(200));
  await client.until((each) => expect(afterConfirmation(each)).toBe('x'.repeat(200)));
  const pieces = sends(client);
  expect(pieces.map(({ count }) => count)).toEqual([50, 50, 50, 50]);
  expect((pieces.at(-1)?.at as number) - (pieces[0]?.at as number)).toBeGreaterThanOrEqual(147_000);
});

test('bandwidth, with slices: each takes the time of its bytes', async () => {
  const client = await inTrouble('slice 20, bandwidth 1000');
  client.socket.write('x'.repeat(50));
  await client.until((each) => expect(afterConfirmation(each)).toBe('x'.repeat(50)));
  const pieces = sends(client);
  expect(pieces.map(({ count }) => count)).toEqual([20, 20, 10]);
  expect((pieces.at(-1)?.at as number) - (pieces[0]?.at as number)).toBeGreaterThanOrEqual(29_000);
});

test('limit: the connection is closed after n bytes', async () => {
  const client = await inTrouble('limit 5');
  client.socket.write('hello python');
  await client.until(({ hasEnded }) => expect(hasEnded).toBe(true));
  expect(afterConfirmation(client)).toBe('hello');
  expect(client.calls.at(-1)).toBe('close');
});

test('reset: the connection is reset after n bytes', async () => {
  const client = await inTrouble('reset 5');
  client.socket.write('hello python');
  await client.until(({ error }) => expect(error).toBe('ECONNRESET'));
  expect(client.calls.slice(-2)).toEqual(['send → 5', 'reset']);
});

test('reset 0: at once', async () => {
  const { connect } = await startTestLab();
  const client = await connect('Trouble');
  client.socket.write('reset 0\n');
  await client.until(({ error }) => expect(error).toBe('ECONNRESET'));
});

test('silent: reads and never answers, and ends with its client', async () => {
  const client = await inTrouble('silent');
  client.socket.end('is anybody there?');
  await client.until(({ hasEnded }) => expect(hasEnded).toBe(true));
  expect(afterConfirmation(client)).toBe('');
  expect(client.calls).toContain('recv(1024) → 17');
});

test('half-close: FIN at once, and it goes on reading', async () => {
  const client = await inTrouble('half-close');
  await client.until(({ hasEnded }) => expect(hasEnded).toBe(true));
  expect(client.calls.at(-1)).toBe('shutdown');
  client.socket.write('still heard');
  await client.until(({ calls }) => expect(calls).toContain('recv(1024) → 11'));
  client.socket.end();
  await client.until(({ calls }) => expect(calls.at(-1)).toBe('close'));
});

test('slow-close: FIN comes late', async () => {
  const client = await inTrouble('slow-close 50');
  client.socket.end('bye');
  await client.until(({ hasEnded }) => expect(hasEnded).toBe(true));
  expect(afterConfirmation(client)).toBe('bye');
  const [last, close] = client.events.slice(-2);
  expect(last?.call).toBe('recv');
  expect((close?.at as number) - (last?.at as number)).toBeGreaterThanOrEqual(49_000);
});

test.skipIf(!canSeeResets)('a reset ends whatever it sleeps over', async () => {
  for (const line of ['delay 600000', 'drip 60000']) {
    const { connect, stats } = await startTestLab();
    const client = await connect('Trouble');
    client.socket.write(`${line}\n`);
    await client.until(({ text }) => expect(text).toBe(`ok ${line}\n`));
    client.socket.write('hello');
    await client.until(({ calls }) => expect(calls).toContain('recv(1024) → 5'));
    client.socket.resetAndDestroy();
    await soon(() => expect(stats('Trouble').connected).toBe(0));
  }
});
