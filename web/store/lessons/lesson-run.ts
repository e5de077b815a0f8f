import type { Evidence } from '../../../lesson/judge/goal.ts';
import { Judge } from '../../../lesson/judge/judge.ts';
import type { Wanted } from '../../../lesson/judge/wanted.ts';
import type { PackLesson } from '../../../lesson/pack/pack.ts';
import type { PeerOutcome } from '../../../lesson/peer-outcome.ts';
import { runPeer } from '../../../lesson/peer-run.ts';
import type { Lesson, Step } from '../../../lesson/schema/schema.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { Observable } from '../../../trace/observable.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { browserClock } from '../../platform/browser-gateway.ts';
import { liveOf } from '../live-socket.ts';
import { scriptSocketOf } from '../script-socket.ts';
import type { PageFacts } from './page-facts.ts';
import type { ProgressStore } from './progress-store.ts';

export type Need = Lesson['needs'][number];
/** `before`: done on another day, or passed over by a link to a later step. */
export type StepState =
  | { readonly kind: 'waiting' | 'later' | 'before' }
  | { readonly kind: 'met' | 'shown'; readonly evidence: readonly Evidence[]; readonly at: Milliseconds }
  | { readonly kind: 'skipped'; readonly need: Need };

export type LessonRunOptions = {
  /** The id of the pack. */
  readonly pack: string;
  readonly content: PackLesson;
  readonly facts: PageFacts;
  readonly progress: ProgressStore;
  /** ms since 1970. */
  readonly now: () => Milliseconds;
  /** What this machine or browser has not. */
  readonly isLacking: (need: Need) => boolean;
  /** The steps before it are passed over. */
  readonly from?: string | undefined;
};

/** So often it is asked anew what is waited for: words that change faster cannot be read. */
const WANTED_EVERY: Milliseconds = 100;
const LOOPBACK = '127.0.0.1';
const NOTHING: readonly never[] = [];

/**
 * One attempt at a lesson: what the judge has met so far, which hints are shown, and what is kept of it. `update` is called once a
 * frame while the lesson is looked at.
 */
export class LessonRun extends Observable {
  readonly pack: string;
  readonly content: PackLesson;
  readonly facts: PageFacts;
  readonly #options: LessonRunOptions;
  readonly #progress: ProgressStore;
  #judge: Judge;
  #states = new Map<string, StepState>();
  /** An attempt at what was done before: it is not skipped because of that. */
  #isAgain = false;
  #wanted: readonly Wanted[] = NOTHING;
  #wantedAt: Milliseconds = Number.NEGATIVE_INFINITY;
  #seenHints = 0;
  /** Of the current step: hints by time that were asked for. */
  #asked: readonly string[] = NOTHING;
  #peers = new Map<string, PeerOutcome | 'trying'>();
  #tries = 0;
  #isShowing = false;
  #lastMet: string | undefined;
  readonly #before: ReadonlySet<SocketTrace>;
  /** The workplace was set up for it. */
  isSetUp = false;

  constructor(options: LessonRunOptions) {
    super();
    this.#options = options;
    const { pack, content, facts, progress, from } = options;
    this.pack = pack;
    this.content = content;
    this.facts = facts;
    this.#progress = progress;
    this.#before = new Set(facts.playground.sockets());
    const done = new Set(progress.doneSteps(pack, content.lesson));
    const start = content.lesson.steps.findIndex(({ id }) => id === from);
    for (const { id } of content.lesson.steps.slice(0, Math.max(0, start))) done.add(id);
    this.#judge = this.#begin(done);
  }

  get lesson(): Lesson {
    return this.content.lesson;
  }
  get judge(): Judge {
    return this.#judge;
  }
  /** The step that is waited for; undefined when all are done. */
  get current(): Step | undefined {
    return this.#judge.current;
  }
  stateOf(step: string): StepState {
    return this.#states.get(step) ?? { kind: step === this.current?.id ? 'waiting' : 'later' };
  }
  /** Steps that are behind. */
  get doneCount(): number {
    return this.#states.size;
  }
  /** The step that was met last, for whoever says so aloud. */
  get lastMet(): string | undefined {
    return this.#lastMet;
  }
  /** What the current step still waits for. */
  get wanted(): readonly Wanted[] {
    return this.#wanted;
  }
  /** Hints that stand there, the latest last: raised by what went wrong, or asked for. */
  get hints(): readonly string[] {
    const { current } = this;
    const raised = this.#judge.hints.filter(({ id }) => current?.hints.some((hint) => hint.id === id && hint.when));
    return [...new Set([...this.#asked, ...raised.map(({ id }) => id)])];
  }
  /** One more hint can be asked for, and its time has come. */
  get isHintDue(): boolean {
    return this.#judge.hints.some(({ id }) => this.#untold().includes(id));
  }
  get hasMoreHints(): boolean {
    return this.#untold().length > 0;
  }
  get isShowing(): boolean {
    return this.#isShowing;
  }
  answerTo(question: string): string | number | undefined {
    return this.facts.answers.get(question);
  }
  /** Answered, and not what the step waits for. */
  isWrong(question: string): boolean {
    if (!this.facts.answers.has(question)) return false;
    return this.#judge.missing.some(({ check }) => check.answer?.[0] === question);
  }

  /** Judges what has become known; steps that this machine cannot do are passed over. */
  update(): void {
    this.facts.read();
    this.#skipDoneElsewhere();
    while (this.#judge.update()) this.#onMet();
    const { time } = this.facts;
    if (this.#judge.hints.length !== this.#seenHints) {
      this.#seenHints = this.#judge.hints.length;
      this.changed();
    }
    if (time - this.#wantedAt < WANTED_EVERY) return;
    this.#wantedAt = time;
    const wanted = this.#judge.missing;
    if (JSON.stringify(wanted) === JSON.stringify(this.#wanted)) return;
    this.#wanted = wanted;
    this.changed();
  }
  /** What is expected before it is seen; the first that was said counts. */
  predict(choice: string): void {
    const at = { pack: this.pack, lesson: this.lesson.id };
    this.#progress.addPrediction(at, choice, Math.round(this.#options.now()));
    this.changed();
  }
  answer(question: string, value: string | number): void {
    this.facts.answers.set(question, value);
    this.#tries += 1;
    this.#wantedAt = Number.NEGATIVE_INFINITY;
    this.changed();
    this.update();
  }
  /** How a scripted peer of the current step fared the last time; `trying` while it is connected. */
  outcomeOf(peer: string): PeerOutcome | 'trying' | undefined {
    return this.#peers.get(peer);
  }
  /** A scripted peer connects to the learner's server, by a socket of this page. */
  async tryPeer(id: string): Promise<void> {
    const peer = this.current?.peers?.find((each) => each.id === id);
    if (!peer || this.#peers.get(id) === 'trying') return;
    const tried = this.#peers;
    tried.set(id, 'trying');
    this.changed();
    const socket = this.facts.playground.connect('tcp', LOOPBACK, peer.port);
    const outcome = await runPeer(peer.script, scriptSocketOf(socket), browserClock);
    tried.set(id, outcome);
    if (tried === this.#peers) this.facts.peers.push({ peer: id, hasPassed: outcome.kind === 'passed' });
    this.#tries += 1;
    this.changed();
    this.update();
  }
  /** The next hint of the step, whether its time has come or not. */
  askHint(): void {
    const [next] = this.#untold();
    if (next === undefined) return;
    this.#asked = [...this.#asked, next];
    this.changed();
  }
  /** The solution is being played: what is met meanwhile was shown. */
  setShowing(isShowing: boolean): void {
    if (this.#isShowing === isShowing) return;
    this.#isShowing = isShowing;
    this.changed();
  }
  /** Another lesson begins: what was opened in this one gives its servers free, as one that serves one at a time would keep it waiting. */
  leave(): void {
    for (const socket of this.facts.playground.sockets()) if (!this.#before.has(socket)) liveOf(socket)?.close();
  }
  /** From the first step on; what was done stays done. */
  startAgain(): void {
    this.#isAgain = true;
    this.#states = new Map();
    this.#judge = this.#begin(new Set());
    this.changed();
  }

  #begin(done: ReadonlySet<string>): Judge {
    const { facts, lesson } = this;
    facts.answers = new Map();
    facts.read();
    for (const { id } of lesson.steps) {
      if (!done.has(id)) break;
      this.#states.set(id, { kind: 'before' });
    }
    const judge = new Judge(lesson, facts, done);
    this.#judge = judge;
    this.#onStep();
    return judge;
  }
  #onMet(): void {
    const met = this.#judge.met.at(-1);
    if (!met) return;
    const step = this.lesson.steps.find(({ id }) => id === met.step);
    const kind = this.#isShowing ? 'shown' : 'met';
    const at = this.#options.now();
    this.#states.set(met.step, { kind, evidence: met.evidence, at });
    this.#lastMet = met.step;
    this.#progress.addStep(
      { pack: this.pack, lesson: this.lesson.id, step: met.step },
      {
        rev: step?.rev ?? 1,
        at: Math.round(at),
        hints: this.#asked.length,
        shown: this.#isShowing,
        tries: this.#tries,
      },
    );
    this.#isShowing = false;
    this.#onStep();
    this.changed();
  }
  #onStep(): void {
    this.#asked = NOTHING;
    this.#peers = new Map();
    this.#tries = 0;
    this.#seenHints = 0;
    this.#wantedAt = Number.NEGATIVE_INFINITY;
    const { current } = this;
    const need = current && needsOf(this.lesson, current).find(this.#options.isLacking);
    if (current && need) this.#pass(current.id, { kind: 'skipped', need });
  }
  /** Another tab has done it. */
  #skipDoneElsewhere(): void {
    const { current } = this;
    if (!current || this.#isAgain) return;
    if (this.#progress.doneSteps(this.pack, this.lesson).has(current.id)) this.#pass(current.id, { kind: 'before' });
  }
  #pass(step: string, state: StepState): void {
    this.#states.set(step, state);
    this.#judge.skip();
    this.#onStep();
    this.changed();
  }
  /** Hints by time that do not stand there yet. */
  #untold(): string[] {
    const hints = this.current?.hints ?? [];
    return hints.filter(({ id, when }) => when === undefined && !this.#asked.includes(id)).map(({ id }) => id);
  }
}

/** Where a step is done: it stays where the one before was. */
export function pageOf({ start, steps }: Lesson, step: Pick<Step, 'id'>): 'play' | 'program' {
  const index = steps.findIndex(({ id }) => id === step.id);
  return steps.slice(0, index + 1).findLast(({ page }) => page !== undefined)?.page ?? start.page;
}
/** What the step cannot be done without; a program runs where WebAssembly can wait (JSPI). */
export function needsOf(lesson: Lesson, step: Step): readonly Need[] {
  const own = [...lesson.needs, ...(step.needs ?? [])];
  return pageOf(lesson, step) === 'program' ? [...own, 'jspi'] : own;
}
