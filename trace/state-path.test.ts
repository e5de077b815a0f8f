import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from '../protocol/call.ts';
import type { SocketErrorCode } from '../protocol/errors.ts';
import { nextTcpState, TCP_STATES, type TcpEvent } from '../protocol/tcp-state.ts';
import type { TraceEvent } from './event.ts';
import { StatePath } from './state-path.ts';

const TCP_EVENTS: readonly TcpEvent[] = [
  'passive OPEN',
  'active OPEN',
  'rcv SYN',
  'rcv SYN-ACK',
  'rcv ACK of SYN',
  'CLOSE',
  'rcv FIN',
  'rcv ACK of FIN',
  'rcv RST',
  'timeout',
];
type Told = Partial<TraceEvent> & Pick<TraceEvent, 'call'>;
/** The path of a connection, what is inferred in brackets. */
function path(...told: readonly Told[]): string {
  const blank = { end: 'local', argument: undefined, direction: undefined, offset: 0, count: 0, text: '' } as const;
  const events = told.map((one, at): TraceEvent => ({ ...blank, at, error: undefined, took: undefined, ...one }));
  return written(new StatePath({ length: () => events.length, at: (index) => events[index] }));
}
function written(states: StatePath): string {
  return states
    .update()
    .map(({ state, isObserved }) => (isObserved ? state : `(${state})`))
    .join(' ');
}

test('the end that closes first', () => {
  expect(
    path({ call: 'connect' }, { call: 'shutdown' }, { call: 'recv', end: 'peer' }, { call: 'recv' }, { call: 'close' }),
  ).toBe('CLOSED (SYN-SENT) ESTABLISHED (FIN-WAIT-1) (FIN-WAIT-2) (TIME-WAIT)');
});
test('the end that closes second', () => {
  expect(path({ call: 'connect' }, { call: 'recv' }, { call: 'close' })).toBe(
    'CLOSED (SYN-SENT) ESTABLISHED CLOSE-WAIT (LAST-ACK)',
  );
});
test('nobody listens', () => {
  expect(path({ call: 'connect', error: 'ECONNREFUSED' })).toBe('CLOSED (SYN-SENT) CLOSED');
  expect(path({ call: 'socket' }, { call: 'bind', error: 'EADDRINUSE' })).toBe('CLOSED');
});
test('the second address of a name', () => {
  expect(path({ call: 'connect', error: 'ECONNREFUSED' }, { call: 'connect' })).toBe(
    'CLOSED (SYN-SENT) CLOSED (SYN-SENT) ESTABLISHED',
  );
});
test('what the kernel told stays observed when an earlier call becomes known', () => {
  const blank = { end: 'local', argument: undefined, direction: undefined, offset: 0, count: 0, text: '' } as const;
  const event = (at: number, call: 'connect' | 'close' | 'shutdown'): TraceEvent => ({
    ...blank,
    at,
    call,
    error: undefined,
    took: undefined,
  });
  const events = [event(1, 'connect'), event(5, 'close')];
  const states = new StatePath({ length: () => events.length, at: (index) => events[index] });
  states.update();
  states.observe('FIN-WAIT-1');
  events.push(event(3, 'shutdown'));
  expect(written(states)).toBe('CLOSED (SYN-SENT) ESTABLISHED FIN-WAIT-1');
});
test('both ends are the page’s own: what one tells, the other has no call for', () => {
  const blank = { argument: undefined, direction: undefined, offset: 0, count: 0, text: '' } as const;
  const log = (...told: readonly (readonly [at: number, call: TraceEvent['call']])[]) => {
    const events = told.map(
      ([at, call]): TraceEvent => ({ ...blank, end: 'local', at, call, error: undefined, took: undefined }),
    );
    return { length: () => events.length, at: (index: number) => events[index] };
  };
  const states = new StatePath(log([2, 'accept'], [3, 'close']));
  states.join(log([1, 'connect'], [4, 'recv'], [5, 'close']));
  expect(written(states)).toBe('CLOSED (LISTEN) (SYN-RECEIVED) ESTABLISHED (FIN-WAIT-1) (FIN-WAIT-2) (TIME-WAIT)');
});
test('a reset, by either end', () => {
  expect(path({ call: 'connect' }, { call: 'reset' })).toBe('CLOSED (SYN-SENT) ESTABLISHED CLOSED');
  expect(path({ call: 'connect' }, { call: 'recv', error: 'ECONNRESET' })).toBe('CLOSED (SYN-SENT) ESTABLISHED CLOSED');
});
test('a connection that was accepted', () => {
  expect(path({ call: 'accept' })).toBe('CLOSED (LISTEN) (SYN-RECEIVED) ESTABLISHED');
});
test('an option that cannot be set is no reset', () => {
  expect(path({ call: 'connect' }, { call: 'setsockopt', error: 'EINVAL' })).toBe('CLOSED (SYN-SENT) ESTABLISHED');
});
test.each([
  [{ call: 'recv', error: 'EAGAIN' }],
  [{ call: 'recv', error: 'EINTR' }],
  [{ call: 'recv', error: 'ETIMEDOUT', text: 'timed out' }],
  [{ call: 'select', error: 'ETIMEDOUT', text: 'timed out' }],
  [{ call: 'connect', error: 'EISCONN' }],
  [{ call: 'getaddrinfo', error: 'NAME_UNRESOLVED', text: 'nohost' }],
] as const)('%o is raised in the program alone: the connection stays', (told) => {
  expect(path({ call: 'connect' }, told)).toBe('CLOSED (SYN-SENT) ESTABLISHED');
});
test('calls are taken in the order of their times, not of their arrival', () => {
  expect(
    path(
      { call: 'connect', at: 1 },
      { call: 'recv', at: 30 },
      { call: 'shutdown', at: 10 },
      { call: 'recv', end: 'peer', at: 20 },
      { call: 'close', at: 40 },
    ),
  ).toBe('CLOSED (SYN-SENT) ESTABLISHED (FIN-WAIT-1) (FIN-WAIT-2) (TIME-WAIT)');
});
test('when the kernel no longer has it, TIME-WAIT is over', () => {
  const events = [{ call: 'connect' }, { call: 'close' }, { call: 'recv', end: 'peer' }, { call: 'recv' }] as const;
  const blank = { end: 'local', argument: undefined, direction: undefined, offset: 0, count: 0, text: '' } as const;
  const log = events.map((one, at): TraceEvent => ({ ...blank, at, error: undefined, took: undefined, ...one }));
  const states = new StatePath({ length: () => log.length, at: (index) => log[index] });
  states.update();
  states.observe('CLOSED');
  expect(written(states)).toBe('CLOSED (SYN-SENT) ESTABLISHED (FIN-WAIT-1) (FIN-WAIT-2) (TIME-WAIT) CLOSED');
});
test('whatever calls were made and whatever the kernel told, the path is one of RFC 9293', () => {
  const call = fc.record({
    call: fc.constantFrom<Call>('connect', 'accept', 'listen', 'shutdown', 'close', 'reset', 'recv', 'send', 'bind'),
    end: fc.constantFrom('local', 'peer'),
    at: fc.nat(20),
    count: fc.constantFrom(0, 5),
    error: fc.constantFrom<SocketErrorCode | undefined>(undefined, undefined, 'ECONNRESET', 'ECONNREFUSED'),
  });
  fc.assert(
    fc.property(
      fc.array(call, { maxLength: 12 }),
      fc.array(fc.constantFrom(...TCP_STATES), { maxLength: 4 }),
      (told, seen) => {
        const blank = { argument: undefined, direction: undefined, offset: 0, text: '', took: undefined } as const;
        const log = told.map((one): TraceEvent => ({ ...blank, ...one }));
        const states = new StatePath({ length: () => log.length, at: (index) => log[index] });
        for (const state of seen) states.observe(state);
        const steps = states.update();
        for (const [nth, { state }] of steps.slice(1).entries()) {
          const { state: before } = steps[nth] as (typeof steps)[number];
          expect(
            TCP_EVENTS.map((event) => nextTcpState(before, event)),
            `${before} to ${state}`,
          ).toContain(state);
        }
      },
    ),
  );
});
test('bytes change no state', () => {
  expect(path({ call: 'connect' }, { call: 'send', count: 5 }, { call: 'recv', count: 9 })).toBe(
    'CLOSED (SYN-SENT) ESTABLISHED',
  );
});
test('what the kernel tells is observed, whether it was inferred before or not', () => {
  const event: TraceEvent = {
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
  const states = new StatePath({ length: () => 1, at: () => event });
  states.update();
  states.observe('SYN-SENT');
  states.observe('FIN-WAIT-2');
  states.observe('something else');
  expect(written(states)).toBe('CLOSED SYN-SENT ESTABLISHED (FIN-WAIT-1) FIN-WAIT-2');
});
