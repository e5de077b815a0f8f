import { expect, test } from 'vitest';
import type { TraceEvent } from './event.ts';
import { StatePath } from './state-path.ts';

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
  expect(written(states)).toBe('CLOSED SYN-SENT ESTABLISHED FIN-WAIT-2');
});
