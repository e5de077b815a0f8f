import { describe, expect, test } from 'vitest';
import { nextTcpState, TCP_STATES, type TcpEvent, type TcpState } from './tcp-state.ts';

/**
 * Every arrow of RFC 9293 §3.3.2, Figure 5, as drawn there, and those of its notes: [from, event, to]. `rcv SYN-ACK` and
 * `rcv ACK of SYN` are the figure's "rcv SYN,ACK" and "rcv ACK of SYN". Where the figure draws one arrow over two events
 * (FIN-WAIT-1 to TIME-WAIT on FIN with the ACK of ours), they come one after the other.
 */
const FIGURE_5: readonly [TcpState, TcpEvent, TcpState][] = [
  ['CLOSED', 'passive OPEN', 'LISTEN'],
  ['CLOSED', 'active OPEN', 'SYN-SENT'],
  ['LISTEN', 'CLOSE', 'CLOSED'],
  ['LISTEN', 'rcv SYN', 'SYN-RECEIVED'],
  ['LISTEN', 'active OPEN', 'SYN-SENT'], // the figure's SEND
  ['SYN-SENT', 'CLOSE', 'CLOSED'],
  ['SYN-SENT', 'rcv SYN', 'SYN-RECEIVED'],
  ['SYN-SENT', 'rcv SYN-ACK', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'rcv ACK of SYN', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'CLOSE', 'FIN-WAIT-1'],
  ['ESTABLISHED', 'CLOSE', 'FIN-WAIT-1'],
  ['ESTABLISHED', 'rcv FIN', 'CLOSE-WAIT'],
  ['FIN-WAIT-1', 'rcv ACK of FIN', 'FIN-WAIT-2'],
  ['FIN-WAIT-1', 'rcv FIN', 'CLOSING'],
  ['FIN-WAIT-2', 'rcv FIN', 'TIME-WAIT'],
  ['CLOSE-WAIT', 'CLOSE', 'LAST-ACK'],
  ['CLOSING', 'rcv ACK of FIN', 'TIME-WAIT'],
  ['LAST-ACK', 'rcv ACK of FIN', 'CLOSED'],
  ['TIME-WAIT', 'timeout', 'CLOSED'],
];
/** In the text: §3.10.7.3 and §3.10.7.4 (RST) and §3.8.3 (user timeout). The figure's note 1 is told in tcp-state.ts. */
const TEXT: readonly [TcpState, TcpEvent, TcpState][] = [
  ['SYN-SENT', 'rcv RST', 'CLOSED'],
  ['SYN-SENT', 'timeout', 'CLOSED'],
  ['SYN-RECEIVED', 'rcv RST', 'CLOSED'],
  ['ESTABLISHED', 'rcv RST', 'CLOSED'],
  ['FIN-WAIT-1', 'rcv RST', 'CLOSED'],
  ['FIN-WAIT-2', 'rcv RST', 'CLOSED'],
  ['CLOSE-WAIT', 'rcv RST', 'CLOSED'],
  ['CLOSING', 'rcv RST', 'CLOSED'],
  ['LAST-ACK', 'rcv RST', 'CLOSED'],
  ['TIME-WAIT', 'rcv RST', 'CLOSED'],
];
const ARROWS = [...FIGURE_5, ...TEXT];
const EVENTS = [...new Set(ARROWS.map(([, event]) => event))];

test('the states are those of §3.3.2, in its order but for CLOSED, which comes first', () => {
  expect(TCP_STATES).toEqual([
    'CLOSED',
    'LISTEN',
    'SYN-SENT',
    'SYN-RECEIVED',
    'ESTABLISHED',
    'FIN-WAIT-1',
    'FIN-WAIT-2',
    'CLOSE-WAIT',
    'CLOSING',
    'LAST-ACK',
    'TIME-WAIT',
  ]);
});

test.each(ARROWS)('%s, %s: %s', (from, event, to) => {
  expect(nextTcpState(from, event)).toBe(to);
});

test('there is no other arrow: what a state does not take leaves it as it is', () => {
  for (const state of TCP_STATES) {
    for (const event of EVENTS) {
      const isDrawn = ARROWS.some(([from, on]) => from === state && on === event);
      if (!isDrawn) expect(`${state}, ${event}: ${nextTcpState(state, event)}`).toBe(`${state}, ${event}: ${state}`);
    }
  }
});

describe('whole lives', () => {
  const live = (...events: TcpEvent[]): TcpState[] => {
    const states: TcpState[] = ['CLOSED'];
    for (const event of events) states.push(nextTcpState(states.at(-1) as TcpState, event));
    return states;
  };
  test('§3.6, Figure 12: the active closer goes through TIME-WAIT', () => {
    expect(live('active OPEN', 'rcv SYN-ACK', 'CLOSE', 'rcv ACK of FIN', 'rcv FIN', 'timeout')).toEqual([
      'CLOSED',
      'SYN-SENT',
      'ESTABLISHED',
      'FIN-WAIT-1',
      'FIN-WAIT-2',
      'TIME-WAIT',
      'CLOSED',
    ]);
  });
  test('§3.6, Figure 12: the passive closer does not', () => {
    const states = live('passive OPEN', 'rcv SYN', 'rcv ACK of SYN', 'rcv FIN', 'CLOSE', 'rcv ACK of FIN');
    expect(states.slice(-4)).toEqual(['ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSED']);
  });
  test('§3.6, Figure 13: both close at once', () => {
    const states = live('active OPEN', 'rcv SYN-ACK', 'CLOSE', 'rcv FIN', 'rcv ACK of FIN', 'timeout');
    expect(states.slice(-4)).toEqual(['FIN-WAIT-1', 'CLOSING', 'TIME-WAIT', 'CLOSED']);
  });
  test('§3.5, Figure 7: both open at once', () => {
    expect(live('active OPEN', 'rcv SYN', 'rcv ACK of SYN').at(-1)).toBe('ESTABLISHED');
  });
});
