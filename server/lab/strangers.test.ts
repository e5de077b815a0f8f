import { expect, onTestFinished, test } from 'vitest';
import { Strangers, strangerLimits } from './strangers.ts';
import { type LabClient, soon, startTestLab } from './testing/test-lab.ts';

class Fake {
  isObserved = false;
  isClosed = false;
  readonly remote: { host: string; port: number };
  constructor(host = '127.0.0.1') {
    this.remote = { host, port: 1 };
  }
  reset(): void {
    this.isClosed = true;
  }
}
/** Which of them were reset when all had been admitted, one after another. */
function resetOf(strangers: Strangers, connections: readonly Fake[]): number[] {
  for (const connection of connections) strangers.admit(connection);
  return connections.flatMap(({ isClosed }, index) => (isClosed ? [index] : []));
}
const from = (...hosts: readonly string[]) => hosts.map((host) => new Fake(host));

test('one too many of an address: its oldest is reset, nobody else’s', () => {
  const strangers = new Strangers({ inAll: 10, perAddress: 2 });
  expect(resetOf(strangers, from('::1', '127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1'))).toEqual([1, 2]);
});

test('one too many in all: the oldest of all is reset', () => {
  const strangers = new Strangers({ inAll: 3, perAddress: 2 });
  expect(resetOf(strangers, from('127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'))).toEqual([0]);
});

test('those that a session looks at are not counted, nor those that have ended', () => {
  const strangers = new Strangers({ inAll: 2, perAddress: 2 });
  const [first = new Fake(), second = new Fake(), ...others] = from(...Array.from({ length: 4 }, () => '127.0.0.1'));
  first.isObserved = true;
  expect(resetOf(strangers, [first, second, ...others])).toEqual([1]);
  for (const other of others) strangers.delete(other);
  expect(resetOf(strangers, from('127.0.0.1', '127.0.0.1'))).toEqual([]);
});

test('their share of a small limit is small', () => {
  expect(strangerLimits(300)).toEqual({ inAll: 18, perAddress: 9 });
  expect(strangerLimits(1_000_000)).toEqual({ inAll: 256, perAddress: 128 });
});

test('programs outside hold no more of a lab server than they may; learners’ connections stay', async () => {
  const { connect, stats } = await startTestLab(undefined, { inAll: 4, perAddress: 3 });
  const observed = await connect('Raw echo');
  observed.socket.write('hello');
  await observed.until(({ text }) => expect(text).toBe('hello'));
  const strangers: LabClient[] = [];
  for (let index = 0; index < 5; index += 1) strangers.push(await connect('Raw echo', { isStranger: true }));
  await soon(() => expect(strangers.map(({ error }) => error)).toEqual(['ECONNRESET', 'ECONNRESET', ...Array(3)]));
  await soon(() => expect(stats('Raw echo').connected).toBe(4));
  expect(observed.error).toBeUndefined();
});

test('for programs outside nothing is done while others wait for the event loop; for a learner it is', async () => {
  const waiting: (() => void)[] = [];
  let [spent, isLate] = [0, false];
  const strangersWork = {
    spend: (time: number) => {
      spent += time;
    },
    get mayGoOn() {
      return !isLate || spent === 0;
    },
    whenMayGoOn: (run: () => void) => {
      waiting.push(run);
      return () => undefined;
    },
  };
  const { connect } = await startTestLab(undefined, undefined, strangersWork);
  const learner = await connect('Raw echo');
  learner.socket.write('I am ');
  await learner.until(({ text }) => expect(text).toBe('I am ')); // it is looked at now
  isLate = true;
  const stranger = await connect('Raw echo', { isStranger: true });
  stranger.socket.write('me too');
  learner.socket.write('me');
  await learner.until(({ text }) => expect(text).toBe('I am me'));
  expect(stranger.text).toBe('');
  await soon(() => expect(waiting.length).toBeGreaterThan(0));
  const goOn = setInterval(() => waiting.shift()?.(), 1);
  onTestFinished(() => clearInterval(goOn));
  await stranger.until(({ text }) => expect(text).toBe('me too'));
});
