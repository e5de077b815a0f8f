import type { Endpoint } from '../protocol/messages/fields.ts';
import type { ByteCount, Microseconds, Milliseconds } from '../protocol/units.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { SocketKind, SocketState } from '../trace/socket.ts';
import type { PathStep } from '../trace/state-path.ts';
import type { FactCall } from './schema/pattern-schema.ts';

/** Whose clock and whose calls: the page's own sockets, or those of a program. */
export type Origin = 'play' | `${string}.py`;

/** A call on a socket: a TraceEvent is one; a program's has its line and, for a send, the length that it was given. */
export type FactEvent = Omit<TraceEvent, 'call'> & {
  readonly call: FactCall;
  readonly line?: number;
  readonly given?: ByteCount;
};

/** Grows at its end; the `dropped` oldest are no longer there, and `at(0)` is the first that is. */
export type FactLog<Item> = {
  readonly dropped: number;
  readonly length: () => number;
  readonly at: (index: number) => Item | undefined;
};
export type FactBytes = {
  readonly length: ByteCount;
  readonly slice: (offset: ByteCount, count: ByteCount) => Uint8Array;
};

/** One socket, as far as it is known by now. The object itself stays the same for as long as the socket is. */
export type SocketFacts = {
  readonly id: string;
  readonly from: Origin;
  readonly kind: SocketKind;
  /** The lab server at the other end; by its target until it is connected. */
  readonly lab: string | undefined;
  readonly local: Endpoint | undefined;
  readonly remote: Endpoint | undefined;
  readonly log: FactLog<FactEvent>;
  readonly sent: FactBytes;
  readonly received: FactBytes;
  readonly state: SocketState;
  readonly path: readonly PathStep[];
  /** A listener's accept queue. */
  readonly queue: Queue | undefined;
  /** Accepted from a socket that is none of the page's. */
  readonly isOutside: boolean;
};
export type Queue = { readonly waiting: number; readonly max: number };

/** One run of a program, from Run to its end. */
export type RunFacts = {
  /** How many lines the program had printed when it began, those dropped included. */
  readonly firstLine: number;
  readonly isRunning: boolean;
  readonly exit: number | undefined;
  readonly error: { readonly type: string; readonly message: string; readonly line: number } | undefined;
  /** Calls that its threads wait in, and since when, ms on the page's clock. */
  readonly blocked: readonly { readonly call: FactCall; readonly since: Milliseconds }[];
};
export type ProgramFacts = {
  readonly file: string;
  readonly runs: readonly RunFacts[];
  /** Whole lines that it has printed, of all runs. */
  readonly lines: FactLog<string>;
};

/** What socket(2) said for a family and a type: `ok` or the errno. */
export type TriedFact = { readonly family: string; readonly type: string; readonly outcome: string };
/** What a recv(n) of SOCK_SEQPACKET returned, of a message so long. */
export type EchoedFact = { readonly count: ByteCount; readonly length: ByteCount };

/** A scripted peer has gone through its script on the learner's server, or stopped within it. */
export type PeerFact = { readonly peer: string; readonly hasPassed: boolean };

/** All that a lesson is judged by. Lists only grow. */
export type Facts = {
  /** The page's clock, never set back. */
  readonly time: Milliseconds;
  /** Now, on the clock that this origin's events have their `at` of. */
  readonly now: (origin: Origin) => Microseconds;
  readonly sockets: readonly SocketFacts[];
  readonly labs: ReadonlyMap<string, Queue & { readonly port: number }>;
  readonly programs: readonly ProgramFacts[];
  /** The last answer to each question of the lesson. */
  readonly answers: ReadonlyMap<string, string | number>;
  readonly tried: readonly TriedFact[];
  readonly echoed: readonly EchoedFact[];
  readonly peers: readonly PeerFact[];
};
