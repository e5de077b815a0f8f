import type { SocketBoundaries } from '../../trace/boundaries.ts';
import type { Facts, SocketFacts } from '../facts.ts';
import type { Pattern } from '../schema/pattern-schema.ts';
import type { Hits } from './hits.ts';

/** What a check was met by: the page links to it. `index` counts all that ever was in its log. */
export type Evidence =
  | { readonly kind: 'call'; readonly socket: string; readonly index: number }
  | { readonly kind: 'socket'; readonly socket: string }
  | { readonly kind: 'queue'; readonly of: string; readonly waiting: number }
  | { readonly kind: 'run'; readonly file: string; readonly run: number }
  | { readonly kind: 'line'; readonly file: string; readonly index: number }
  | { readonly kind: 'answer'; readonly question: string }
  | { readonly kind: 'asked'; readonly index: number }
  | { readonly kind: 'peer'; readonly peer: string };

/** Which socket each name stands for, and what was met so far. */
export type Binding = {
  readonly names: Readonly<Record<string, SocketFacts>>;
  readonly evidence: readonly Evidence[];
};
export const NOTHING_BOUND: Binding = { names: {}, evidence: [] };

/** How much of what is waited for is there; `next` is the call of an order that is not. */
export type Progress = { readonly have: number; readonly want: number; readonly next?: Pattern };

/** What a goal may look at while it is solved. */
export type Solving = {
  readonly facts: Facts;
  /** Counts the evaluations of the judge: what has to hold for a while has to hold in each of them. */
  readonly pass: number;
  /** Counts one step of the search; false where it has been long enough, so that no check takes long, whatever it says. */
  readonly mayGoOn: () => boolean;
  /** The sockets that a name may stand for: the likeliest first. */
  readonly candidates: (name: string) => Iterable<SocketFacts>;
  readonly boundaries: (socket: SocketFacts) => SocketBoundaries;
};

/** A compiled check. It holds where `solve` yields anything: each way in which names can be bound so that it does. */
export type Goal = {
  readonly solve: (binding: Binding, solving: Solving) => Iterable<Binding>;
  readonly progress?: (binding: Binding, solving: Solving) => Progress;
  /** What it holds by changes without a call or an answer: it is to be looked at in each frame. */
  readonly isTimed: boolean;
};

/** Where a step's facts begin: what was there before it does not count. */
export type Window = {
  /** The first run of a program that counts. */
  readonly firstRun: (file: string) => number;
  readonly firstLine: (file: string) => number;
  readonly firstTried: number;
  readonly firstEchoed: number;
  readonly firstPeer: number;
};

/** What goals are made with. */
export type Building = {
  /** Gathers what fits the pattern from now on, or as it says `since` the lesson began. */
  readonly hits: (pattern: Pattern) => Hits;
  readonly step: Window;
  readonly lesson: Window;
};

export function withEvidence({ names, evidence }: Binding, more: Evidence): Binding {
  return { names, evidence: [...evidence, more] };
}

/** The name stands for the socket from here on; undefined where it stands for another one, or another name for this one. */
export function bound(binding: Binding, name: string, socket: SocketFacts): Binding | undefined {
  const { names, evidence } = binding;
  if (names[name] !== undefined) return names[name] === socket ? binding : undefined;
  if (Object.values(names).includes(socket)) return undefined;
  return { names: { ...names, [name]: socket }, evidence };
}

/** Each socket that `$name` may be, with the binding in which it is. */
export function* socketsOf(
  ref: string,
  binding: Binding,
  { candidates, mayGoOn }: Solving,
): Iterable<{ socket: SocketFacts; binding: Binding }> {
  const name = ref.slice(1);
  const known = binding.names[name];
  if (known) {
    yield { socket: known, binding };
    return;
  }
  for (const socket of candidates(name)) {
    if (!mayGoOn()) return;
    const next = bound(binding, name, socket);
    if (next) yield { socket, binding: next };
  }
}

export function isSolved(goal: Goal, binding: Binding, solving: Solving): boolean {
  for (const _ of goal.solve(binding, solving)) return true;
  return false;
}
