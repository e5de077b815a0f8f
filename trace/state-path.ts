import type { Call } from '../protocol/call.ts';
import type { SocketErrorCode } from '../protocol/errors.ts';
import { nextTcpState, TCP_STATES, type TcpEvent, type TcpState } from '../protocol/tcp-state.ts';
import type { TraceEvent } from './event.ts';

type Log = { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };

/** One state that a connection has been in: a call's return or the kernel told of it, or it follows from RFC 9293. */
export type PathStep = {
  readonly state: TcpState;
  readonly isObserved: boolean;
  /** The call that it came with: its index in the log, -1 before the first. */
  readonly index: number;
};

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
  ended: [['rcv FIN', false]],
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
  select: 'nothing',
  getaddrinfo: 'nothing',
  bind: 'nothing',
  listen: 'nothing',
  connect: 'failed',
};

/** Raised in the program alone: the connection stays as it is. */
const LEAVES: ReadonlySet<SocketErrorCode> = new Set<SocketErrorCode>([
  'EAGAIN',
  'EINTR',
  'EINVAL',
  'EDESTADDRREQ',
  'EMSGSIZE',
  'EOPNOTSUPP',
  'EISCONN',
  'ENOTCONN',
  'EALREADY',
]);
/** Of settimeout(); a time limit of the kernel's has no text. */
const OWN_TIME_LIMIT = 'timed out';

/** What an event says of the state, where it says anything. */
type Told = { readonly index: number; readonly at: number; readonly event: TraceEvent };

/**
 * The way of a connection through the states of TCP, grown with its log. Events are taken in the order of their times: a log is in
 * the order of arrival, in which a call may stand behind what it led to.
 */
export class StatePath {
  readonly #log: Log;
  /** In the order of their times. */
  readonly #told: Told[] = [];
  /** What the kernel has named. */
  readonly #observed: TcpState[] = [];
  #steps: PathStep[] = [FIRST];
  #seen = 0;
  #other: { readonly log: Log; seen: number } | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  /** The log of the socket at the other end, where that is one of the page's too: what is its own is the peer's here. */
  join(log: Log): void {
    if (this.#other?.log !== log) this.#other = { log, seen: 0 };
  }

  update(): readonly PathStep[] {
    const before = this.#told.length;
    for (; this.#seen < this.#log.length(); this.#seen += 1) {
      const event = this.#log.at(this.#seen) as TraceEvent;
      if (meaningOf(event, false) ?? meaningOf(event, true)) this.#insert({ index: this.#seen, at: event.at, event });
    }
    this.#readOther();
    if (this.#told.length > before) this.#walk();
    return this.#steps;
  }

  /** The kernel said that the connection is in this state. Where no way of RFC 9293 leads there, the path stays as it is. */
  observe(name: string): void {
    const state = TCP_STATES.find((one) => one === name);
    if (state === undefined || this.#observed.includes(state)) return;
    this.#observed.push(state);
    this.#walk();
  }

  #readOther(): void {
    const other = this.#other;
    if (!other) return;
    for (; other.seen < other.log.length(); other.seen += 1) {
      const event = { ...(other.log.at(other.seen) as TraceEvent), end: 'peer' } as const;
      const isOwn = other.log.at(other.seen)?.end === 'local';
      if (isOwn && meaningOf(event, true)) this.#insert({ index: this.#seen - 1, at: event.at, event });
    }
  }
  #insert(told: Told): void {
    let place = this.#told.length;
    while (place > 0 && (this.#told[place - 1] as Told).at > told.at) place -= 1;
    this.#told.splice(place, 0, told);
  }
  #walk(): void {
    this.#steps = [FIRST];
    let isFinSent = false;
    for (const { index, event } of this.#told) {
      const meaning = meaningOf(event, isFinSent);
      isFinSent ||= meaning === 'fin';
      for (const [tcpEvent, isProof] of MEANS[meaning ?? ''] ?? []) this.#go(tcpEvent, isProof, index);
    }
    for (const state of this.#observed) this.#mark(state);
  }
  #go(event: TcpEvent, isProof: boolean, index: number): void {
    const { state } = this.#steps.at(-1) as PathStep;
    const next = nextTcpState(state, event);
    if (next !== state) this.#steps.push({ state: next, isObserved: isProof && next !== 'TIME-WAIT', index });
  }
  #mark(state: TcpState): void {
    const place = this.#steps.findLastIndex((step) => step.state === state);
    const known = this.#steps[place];
    // The first CLOSED, of before the connection, is not that of after it.
    if (known && (place > 0 || this.#steps.length === 1)) {
      this.#steps[place] = { ...known, isObserved: true };
      return;
    }
    const last = this.#steps.at(-1) as PathStep;
    for (const passed of wayTo(last.state, state)) {
      this.#steps.push({ state: passed, isObserved: passed === state, index: this.#seen - 1 });
    }
  }
}

const FIRST: PathStep = { state: 'CLOSED', isObserved: true, index: -1 };

/** `isFinSent`: our FIN has gone, so that a second close means nothing, and the peer's end of file something. */
function meaningOf({ end, call, error, count, text }: TraceEvent, isFinSent: boolean): string | undefined {
  if (end === 'peer') {
    if (error !== undefined || !isFinSent) return undefined;
    // Its recv() returned b'': our FIN is there, and has been acknowledged.
    if (call === 'recv') return count === 0 ? 'acknowledged' : undefined;
    // Its close() sends a FIN that our own end, closed by then, tells of no more.
    return call === 'shutdown' || call === 'close' ? 'ended' : undefined;
  }
  if (error !== undefined) {
    if (LEAVES.has(error) || (call !== 'connect' && text === OWN_TIME_LIMIT)) return 'nothing';
    return FAILED[call] ?? 'reset';
  }
  if (call === 'reset') return 'reset';
  if (call === 'recv') return count === 0 ? 'end' : undefined;
  if (call !== 'shutdown' && call !== 'close') return Object.hasOwn(MEANS, call) ? call : undefined;
  return isFinSent ? undefined : 'fin';
}

/** What may have happened to a connection before the kernel was asked: a segment came, time went, or a close is not told yet. */
const UNTOLD: readonly TcpEvent[] = [
  'rcv ACK of FIN',
  'rcv FIN',
  'rcv SYN-ACK',
  'rcv ACK of SYN',
  'rcv SYN',
  'timeout',
  'CLOSE',
  'rcv RST',
];

/** The shortest way from a state to another; none where there is none. */
function wayTo(from: TcpState, to: TcpState): readonly TcpState[] {
  let ways: (readonly TcpState[])[] = [[from]];
  const been = new Set<TcpState>([from]);
  while (ways.length > 0) {
    const next: (readonly TcpState[])[] = [];
    for (const way of ways) {
      for (const event of UNTOLD) {
        const state = nextTcpState(way.at(-1) as TcpState, event);
        if (state === to) return [...way.slice(1), state];
        if (been.has(state)) continue;
        been.add(state);
        next.push([...way, state]);
      }
    }
    ways = next;
  }
  return [];
}
