import type { Milliseconds } from '../../protocol/units.ts';
import { SocketBoundaries } from '../../trace/boundaries.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { nodesOf, patternsOf } from '../checks.ts';
import type { FactEvent, FactLog, Facts, SocketFacts } from '../facts.ts';
import type { Check } from '../schema/check-schema.ts';
import type { Pattern } from '../schema/pattern-schema.ts';
import type { Lesson, Step } from '../schema/schema.ts';
import { Dispatch } from './dispatch.ts';
import type { Evidence, Solving, Window } from './goal.ts';
import { Hits } from './hits.ts';
import { type RaisedHint, StepJudge } from './step-judge.ts';
import type { Wanted } from './wanted.ts';

/** Steps of one search, so that whatever an author writes is looked at in well below a frame. */
const SEARCH_MAX = 4_000;
/** Sockets that a name of an earlier step may stand for: the one it was met with, and the latest others that fit. */
const CANDIDATES_MAX = 16;

/** A step that is done: met while the judge looked on, or `before`. It stays done, whatever happens after. */
export type Met = {
  readonly step: string;
  /** On the page's clock. */
  readonly at: Milliseconds;
  readonly evidence: readonly Evidence[];
};

/**
 * Judges one lesson by the facts, step by step: call `update` once a frame. A step's facts begin when the one before was met; what was
 * there before the lesson does not count. A name stands for any socket that fits what named it, so that a learner who loses one
 * connection goes on with the next; within one check a name is one socket, and two names are two.
 */
export class Judge {
  readonly lesson: Lesson;
  readonly #facts: Facts;
  readonly #dispatch = new Dispatch();
  /** Patterns whose window is the lesson. */
  readonly #lessonHits = new Map<Pattern, Hits>();
  readonly #lessonWindow: Window;
  readonly #binders = new Map<string, Hits[]>();
  readonly #bound = new Map<string, SocketFacts>();
  readonly #boundaries = new WeakMap<SocketFacts, { log: FactLog<FactEvent>; boundaries: SocketBoundaries }>();
  readonly #met: Met[] = [];
  #step: StepJudge | undefined;
  #index = 0;
  #pass = 0;

  /** `done`: steps of which it is known already that they are; the judge begins after them. */
  constructor(lesson: Lesson, facts: Facts, done: ReadonlySet<string> = new Set()) {
    this.lesson = lesson;
    this.#facts = facts;
    this.#dispatch.skip(facts);
    this.#lessonWindow = windowFrom(facts);
    for (const { check, hints } of lesson.steps) {
      for (const each of [check, ...hints.flatMap(({ when }) => when ?? [])]) this.#gatherForLesson(each);
    }
    while (this.#isDone(this.#index, done)) {
      this.#nameByEarlier(lesson.steps[this.#index] as Step);
      this.#index += 1;
    }
    this.#begin();
  }

  /** The step that is waited for; undefined when all are done. */
  get current(): Step | undefined {
    return this.#step?.step;
  }
  get met(): readonly Met[] {
    return this.#met;
  }
  /** Of the current step. */
  get hints(): readonly RaisedHint[] {
    return this.#step?.hints ?? [];
  }
  /** What is still waited for in the current step. */
  get missing(): readonly Wanted[] {
    return this.#step?.missing(this.#solving()) ?? [];
  }
  /** Whether a `wait` of the current step's solution holds by now. */
  holds(wait: Check): boolean {
    return this.#step?.holds(wait, this.#solving()) === true;
  }
  /** The socket that a name stands for by now: the one it was met with, else the likeliest. */
  named(name: string): SocketFacts | undefined {
    for (const socket of this.#candidates(name)) return socket;
    return undefined;
  }
  /** Calls that were tried with a pattern so far. @internal For tests. */
  get tries(): number {
    return this.#dispatch.tries;
  }

  /** Takes in what is new and judges it; returns whether a step was met. */
  update(): boolean {
    const isHit = this.#dispatch.read(this.#facts);
    this.#pass += 1;
    const binding = this.#step?.look(isHit, this.#solving());
    if (!binding || !this.#step) return false;
    for (const [name, socket] of Object.entries(binding.names)) this.#bound.set(name, socket);
    this.#met.push({ step: this.#step.step.id, at: this.#facts.time, evidence: binding.evidence });
    this.#next();
    return true;
  }
  /** Goes on without it: the machine lacks what the step needs, or it was shown. */
  skip(): void {
    if (this.#step) this.#next();
  }

  #isDone(index: number, done: ReadonlySet<string>): boolean {
    const step = this.lesson.steps[index];
    return step !== undefined && done.has(step.id);
  }
  #next(): void {
    this.#step?.end();
    this.#index += 1;
    this.#begin();
  }
  #begin(): void {
    const step = this.lesson.steps[this.#index];
    this.#step = undefined;
    if (!step) return;
    const windows = { step: windowFrom(this.#facts), lesson: this.#lessonWindow };
    this.#step = new StepJudge(step, this.#dispatch, this.#lessonHits, windows, this.#facts.time);
    for (const [name, hits] of this.#step.binders()) this.#addBinder(name, hits);
  }
  /** The step was done on another day: whatever fits it now has its names. */
  #nameByEarlier({ check }: Step): void {
    for (const node of nodesOf(check)) {
      for (const pattern of patternsOf(node)) {
        if (pattern.as === undefined || this.#lessonHits.has(pattern)) continue;
        const hits = new Hits(pattern);
        this.#dispatch.add(hits);
        this.#addBinder(pattern.as, hits);
      }
    }
  }
  #gatherForLesson(check: Step['check']): void {
    for (const node of nodesOf(check)) {
      for (const pattern of patternsOf(node)) {
        if (pattern.since === undefined) continue;
        const hits = new Hits(pattern);
        this.#lessonHits.set(pattern, hits);
        this.#dispatch.add(hits);
        if (pattern.as !== undefined) this.#addBinder(pattern.as, hits);
      }
    }
  }
  #addBinder(name: string, hits: Hits): void {
    const known = this.#binders.get(name);
    if (known) known.push(hits);
    else this.#binders.set(name, [hits]);
  }

  #solving(): Solving {
    let left = SEARCH_MAX;
    return {
      facts: this.#facts,
      pass: this.#pass,
      mayGoOn: () => {
        left -= 1;
        return left >= 0;
      },
      candidates: (name) => this.#candidates(name),
      boundaries: (socket) => this.#boundariesOf(socket),
    };
  }
  *#candidates(name: string): Iterable<SocketFacts> {
    const bound = this.#bound.get(name);
    if (bound) yield bound;
    for (const hits of this.#binders.get(name) ?? []) {
      const latest = [...hits.sockets].slice(-CANDIDATES_MAX).toReversed();
      for (const socket of latest) if (socket !== bound) yield socket;
    }
  }
  #boundariesOf(socket: SocketFacts): SocketBoundaries {
    let known = this.#boundaries.get(socket);
    if (known?.log !== socket.log) {
      const log = socket.log as FactLog<TraceEvent>;
      known = { log: socket.log, boundaries: new SocketBoundaries(log) };
      this.#boundaries.set(socket, known);
    }
    known.boundaries.update();
    return known.boundaries;
  }
}

/** From now on. A run that goes on counts: it may yet end. */
function windowFrom({ programs, tried, echoed, peers }: Facts): Window {
  const runs = new Map(programs.map(({ file, runs: all }) => [file, all.length - (all.at(-1)?.isRunning ? 1 : 0)]));
  const lines = new Map(programs.map(({ file, lines: all }) => [file, all.dropped + all.length()]));
  return {
    firstRun: (file) => runs.get(file) ?? 0,
    firstLine: (file) => lines.get(file) ?? 0,
    firstTried: tried.length,
    firstEchoed: echoed.length,
    firstPeer: peers.length,
  };
}
