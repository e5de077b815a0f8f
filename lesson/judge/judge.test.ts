import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Check } from '../schema/check-schema.ts';
import { FakeFacts } from '../testing/fake-facts.ts';
import { LATE, lessonOf, stepOf } from '../testing/lessons.ts';
import { Judge } from './judge.ts';

const CONNECT: Check = { seen: { call: 'connect', as: 'c' } };

test('says by what a step was met', () => {
  const facts = new FakeFacts();
  const judge = new Judge(lessonOf({ all: [CONNECT, { answer: ['q', 7] }] }), facts);
  facts.socket().call('bind').call('connect');
  facts.answers.set('q', 7);
  judge.update();
  expect(judge.met).toEqual([
    {
      step: 'step-1',
      at: facts.time,
      evidence: [
        { kind: 'call', socket: 's1', index: 1 },
        { kind: 'answer', question: 'q' },
      ],
    },
  ]);
  expect(judge.current).toBeUndefined();
});

test('nothing counts that was there before the lesson', () => {
  const facts = new FakeFacts();
  facts.program('a.py').run().end().print('hello');
  facts.socket().call('connect');
  const checks: Check[] = [CONNECT, { run: ['a.py', { exit: 0 }] }, { printed: ['a.py', { has: 'hello' }] }];
  for (const check of checks) expect(new Judge(lessonOf(check), facts).update()).toBe(false);
});

test('a step begins when the one before is met', () => {
  const facts = new FakeFacts();
  const judge = new Judge(lessonOf(CONNECT, { seen: { call: 'send', on: '$c' } }), facts);
  const socket = facts.socket().call('send', { bytes: 'early' }).call('connect');
  expect([judge.update(), judge.update()]).toEqual([true, false]);
  socket.call('send', { bytes: 'x' });
  expect(judge.update()).toBe(true);
});

test('since the lesson began: what a step before has seen counts too', () => {
  const facts = new FakeFacts();
  const failed: Check = { run: ['a.py', { error: { type: 'TypeError' } }, 'lesson'] };
  const sent: Check = { seen: { call: 'send', since: 'lesson' } };
  const judge = new Judge(lessonOf(CONNECT, { all: [failed, sent] }), facts);
  facts.socket().call('send', { bytes: 'x' }).call('connect');
  facts.program('a.py').run().fail('TypeError', 'x');
  expect([judge.update(), judge.update()]).toEqual([true, true]);
});

test('a name stands for the next connection too, when the first is lost', () => {
  const facts = new FakeFacts();
  const judge = new Judge(lessonOf(CONNECT, { seen: { call: 'send', on: '$c' } }), facts);
  facts.socket().call('connect');
  judge.update();
  facts.socket().call('connect').call('send', { bytes: 'x' });
  expect(judge.update()).toBe(true);
});

test('after a reload the steps that are done stay done, and their names are found anew', () => {
  const facts = new FakeFacts();
  const judge = new Judge(lessonOf(CONNECT, { seen: { call: 'send', on: '$c' } }), facts, new Set(['step-1']));
  expect(judge.current?.id).toBe('step-2');
  facts.socket().call('send', { bytes: 'x' });
  expect(judge.update()).toBe(false);
  facts.socket().call('connect').call('send', { bytes: 'x' });
  expect(judge.update()).toBe(true);
});

test('bytes that are told before they arrive are looked at when they are here', () => {
  const facts = new FakeFacts();
  const judge = new Judge(lessonOf({ seen: { end: 'peer', call: 'send', bytes: { equals: 'hello' } } }), facts);
  const socket = facts.socket().call('connect').peer('send', { count: 5 });
  expect(judge.update()).toBe(false);
  socket.call('recv', { bytes: 'hello' });
  expect(judge.update()).toBe(true);
});

test('the log may have dropped its oldest calls', () => {
  const facts = new FakeFacts();
  const judge = new Judge(lessonOf({ seen: { call: 'send', times: 2 } }), facts);
  const socket = facts.socket().call('send', { bytes: 'a' }).call('recv', { bytes: 'x' });
  judge.update();
  socket.log.items.splice(0, 2);
  socket.log.dropped = 2;
  socket.call('send', { bytes: 'b' });
  expect(judge.update()).toBe(true);
  expect(judge.met[0]?.evidence).toEqual([{ kind: 'call', socket: 's1', index: 0 }]);
});

test('hints come by what went wrong, and by time', () => {
  const facts = new FakeFacts();
  const refused = { id: 'refused', when: { seen: { call: 'connect', error: 'ECONNREFUSED' } } } as const;
  const step = stepOf({ check: CONNECT, hints: [refused, { id: 'late', after: 20 }] });
  const judge = new Judge({ ...lessonOf(), steps: [step] }, facts);
  judge.update();
  expect(judge.hints).toEqual([]);
  facts.socket().call('connect', { error: 'ECONNREFUSED' });
  judge.update();
  expect(judge.hints).toEqual([{ id: 'refused', evidence: [{ kind: 'call', socket: 's1', index: 0 }] }]);
  facts.wait(20_000);
  judge.update();
  judge.update();
  expect(judge.hints.map(({ id }) => id)).toEqual(['refused', 'late']);
});

test('says what is missing, and how much of it is there', () => {
  const facts = new FakeFacts();
  const order: Check = {
    order: [
      { call: 'send', on: '$c' },
      { call: 'recv', on: '$c' },
    ],
  };
  const many: Check = { seen: { call: 'send', on: '$c', times: { min: 3 } } };
  const judge = new Judge(lessonOf({ all: [CONNECT, order, many] }), facts);
  facts.socket().call('connect').call('send', { bytes: 'x' });
  judge.update();
  expect(judge.missing).toEqual([
    { check: order, progress: { have: 1, want: 2, next: { call: 'recv', on: '$c' } } },
    { check: many, progress: { have: 1, want: 3 } },
  ]);
});

test('a step can be left out', () => {
  const judge = new Judge(lessonOf(CONNECT, { seen: { call: 'send' } }), new FakeFacts());
  judge.skip();
  expect(judge.current?.id).toBe('step-2');
  expect(judge.met).toEqual([]);
});

const CALLS = ['connect', 'send', 'recv', 'close'] as const;
const calls = fc.array(fc.record({ socket: fc.nat(2), call: fc.constantFrom(...CALLS), at: fc.nat(1_000) }), {
  maxLength: 40,
});
const THREE: Check = {
  all: [
    CONNECT,
    {
      order: [
        { call: 'connect', on: '$c' },
        { call: 'send', on: '$c' },
        { call: 'close', on: '$c' },
      ],
    },
  ],
};

/** Takes the calls in so large parts; returns whether the check was met. */
function judged(list: readonly { socket: number; call: (typeof CALLS)[number]; at: number }[], part: number): boolean {
  const facts = new FakeFacts();
  const sockets = [facts.socket(), facts.socket(), facts.socket()];
  const judge = new Judge(lessonOf(THREE), facts);
  list.forEach(({ socket, call, at }, index) => {
    sockets[socket]?.call(call, { at, ...(call === 'send' && { bytes: 'x' }) });
    if (index % part === 0) judge.update();
  });
  judge.update();
  return judge.met.length === 1;
}

test('a check holds or not by the calls and their times, in whatever parts and order they become known', () => {
  const ofOneTime = ({ socket, call, at }: { socket: number; call: string; at: number }): string =>
    `${socket} ${call} ${at}`;
  fc.assert(
    fc.property(calls, fc.integer({ min: 1, max: 9 }), fc.infiniteStream(fc.nat()), (list, part, ranks) => {
      // One µs, one call: else the order in which they were told is what parts them.
      const apart = [...new Map(list.map((call) => [call.at, call])).values()];
      const shuffled = apart
        .map((call) => ({ call, rank: ranks.next().value as number }))
        .toSorted((a, b) => a.rank - b.rank);
      const inTime = apart.toSorted((one, other) => one.at - other.at);
      const expected = [0, 1, 2].some((socket) => {
        const own = inTime.filter((call) => call.socket === socket).map(({ call }) => call);
        const send = own.indexOf('send', own.indexOf('connect') + 1);
        return own.includes('connect') && send >= 0 && own.includes('close', send + 1);
      });
      expect(judged(inTime, part), apart.map(ofOneTime).join(', ')).toBe(expected);
      expect(
        judged(
          shuffled.map(({ call }) => call),
          part,
        ),
      ).toBe(expected);
    }),
  );
});

test('a step that is met stays met, whatever happens after', () => {
  fc.assert(
    fc.property(calls, fc.nat(40), (list, more) => {
      const facts = new FakeFacts();
      const sockets = [facts.socket(), facts.socket(), facts.socket()];
      const judge = new Judge(
        lessonOf({ all: [CONNECT, { state: ['$c', 'ESTABLISHED'] }, { none: { call: 'close' } }] }),
        facts,
      );
      let met = 0;
      for (const { socket, call } of [...list, ...list.slice(0, more)]) {
        sockets[socket]?.call(call, call === 'send' ? { bytes: 'x' } : {});
        judge.update();
        expect(judge.met.length).toBeGreaterThanOrEqual(met);
        met = judge.met.length;
      }
    }),
  );
});

test('what a solution waits for between two actions holds by the calls since the step began', () => {
  const facts = new FakeFacts();
  const wait: Check = { seen: { call: 'recv', on: '$c', count: 0 } };
  const step = stepOf({ check: { all: [CONNECT, { seen: { call: 'close' } }] }, solution: [{ wait }] });
  const judge = new Judge({ ...lessonOf(), steps: [step] }, facts);
  const socket = facts.socket().call('connect').call('recv', { bytes: 'x' });
  judge.update();
  expect(judge.holds(wait)).toBe(false);
  socket.call('recv', { count: 0 });
  judge.update();
  expect(judge.holds(wait)).toBe(true);
});

test('a call that no step waits for is tried with no pattern, and one that is waited for with those alone', () => {
  const facts = new FakeFacts();
  const step = stepOf({ check: { all: [CONNECT, { seen: { call: 'close', on: '$c' } }] }, hints: [LATE] });
  const judge = new Judge({ ...lessonOf(), steps: [step] }, facts);
  const socket = facts.socket().call('connect');
  for (let count = 0; count < 5_000; count += 1) socket.call('recv', { bytes: 'x' });
  judge.update();
  expect(judge.tries).toBe(1);
  socket.call('close');
  expect(judge.update()).toBe(true);
  expect(judge.tries).toBe(2);
});

test('a check that fits almost anything ends in time', () => {
  const facts = new FakeFacts();
  const patterns = Array.from({ length: 12 }, () => ({ call: ['send', 'recv'] as const })) as never;
  const judge = new Judge(lessonOf({ all: [{ within: [0, patterns] }, { seen: { call: 'bind' } }] }), facts);
  for (let count = 0; count < 200; count += 1) {
    facts.socket().call('send', { at: 1, bytes: 'x' }).call('recv', { at: 1, bytes: 'y' });
  }
  const began = performance.now();
  expect(judge.update()).toBe(false);
  expect(performance.now() - began).toBeLessThan(1_000);
});
