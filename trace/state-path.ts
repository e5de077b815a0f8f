import type { Call } from '../protocol/call.ts';
import { nextTcpState, TCP_STATES, type TcpEvent, type TcpState } from '../protocol/tcp-state.ts';
import type { TraceEvent } from './event.ts';

type Log = { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };

/** One state that a connection has been in: a call's return or the kernel told of it, or it follows from RFC 9293. */
export type PathStep = { readonly state: TcpState; readonly isObserved: boolean };

/** What a call of the page's own end, or of its peer, says of the state; and whether its return proves where it leads. */
const MEANS: Readonly<Record<string, readonly (readonly [event: TcpEvent, isProof: boolean])[]>> = {
  listen: [['passive OPEN', true]],
  // The three-way handshake has gone by when either returns.
  connect: [
    ['active OPEN', false],
    ['rcv SYN-ACK', true],
  ],
  accept: [
    ['passive OPEN', false],
    ['rcv SYN', false],
    ['rcv ACK of SYN', true],
  ],
  fin: [['CLOSE', false]],
  end: [['rcv FIN', true]],
  acknowledged: [['rcv ACK of FIN', false]],
  reset: [['rcv RST', true]],
  failed: [
    ['active OPEN', false],
    ['rcv RST', true],
  ],
};

/** What an error of a call means, where it is no reset: before connect(2) or listen(2) has returned there is no connection. */
const FAILED: Readonly<Partial<Record<Call, string>>> = {
  socket: 'nothing',
  setsockopt: 'nothing',
  bind: 'nothing',
  listen: 'nothing',
  connect: 'failed',
};

/** The way of a connection through the states of TCP, grown with its log. */
export class StatePath {
  readonly #log: Log;
  readonly #steps: PathStep[] = [{ state: 'CLOSED', isObserved: true }];
  #seen = 0;
  #isFinSent = false;

  constructor(log: Log) {
    this.#log = log;
  }

  update(): readonly PathStep[] {
    for (; this.#seen < this.#log.length(); this.#seen += 1) {
      const meaning = this.#meaningOf(this.#log.at(this.#seen) as TraceEvent);
      for (const [event, isProof] of MEANS[meaning ?? ''] ?? []) this.#go(event, isProof);
    }
    return this.#steps;
  }

  /** The kernel said that the connection is in this state. */
  observe(name: string): void {
    const state = TCP_STATES.find((known) => known === name);
    if (state === undefined) return;
    const index = this.#steps.findLastIndex((step) => step.state === state);
    if (index >= 0) this.#steps[index] = { state, isObserved: true };
    else this.#steps.push({ state, isObserved: true });
  }

  #go(event: TcpEvent, isProof: boolean): void {
    const { state } = this.#steps.at(-1) as PathStep;
    const next = nextTcpState(state, event);
    if (next !== state) this.#steps.push({ state: next, isObserved: isProof && next !== 'TIME-WAIT' });
  }
  #meaningOf({ end, call, error, count }: TraceEvent): string | undefined {
    if (end === 'peer') {
      // Its recv() returned b'': our FIN is there, and has been acknowledged.
      return call === 'recv' && count === 0 && error === undefined && this.#isFinSent ? 'acknowledged' : undefined;
    }
    if (error !== undefined) return FAILED[call] ?? 'reset';
    if (call === 'reset') return 'reset';
    if (call === 'recv') return count === 0 ? 'end' : undefined;
    if (call !== 'shutdown' && call !== 'close') return call;
    if (this.#isFinSent) return undefined;
    this.#isFinSent = true;
    return 'fin';
  }
}
