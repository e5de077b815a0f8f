import type { Cancel, Clock } from '../../protocol/clock.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import { Observable } from '../observable.ts';
import { type Expectation, isTimed, meet, READS } from './expectation.ts';
import { matchRule, type Script, type ScriptAction, type ScriptStep, type StreamEnding } from './script.ts';
import { UnreadBytes } from './unread-bytes.ts';

/** One end of a connection, as a script uses it. */
export type ScriptSocket = {
  readonly subscribe: (listener: () => void) => () => void;
  readonly received: {
    readonly length: ByteCount;
    readonly slice: (offset: ByteCount, count: ByteCount) => Uint8Array;
  };
  /** It is open, and has been since its connection is there. */
  readonly isConnected: boolean;
  readonly canSend: boolean;
  readonly isOver: boolean;
  /** How the other end's sending ended, behind all bytes that it sent; undefined as long as more may come. */
  readonly ending: StreamEnding | undefined;
  /** Given to `send` and still on its way out of here. */
  readonly queuedBytes: ByteCount;
  readonly send: (bytes: Uint8Array) => void;
  readonly end: () => void;
  readonly reset: () => void;
  readonly close: () => void;
};

export type RunOptions = {
  /** How often the steps are taken. */
  readonly times?: number;
  /** From the beginning of one round to that of the next. */
  readonly every?: Milliseconds;
  /** The first byte that it reads: else the next one to come. */
  readonly from?: ByteCount;
  /** How long the connection, and each step that says nothing else, waits for the other end: else as long as it takes. */
  readonly within?: Milliseconds;
};
export type RunStatus = {
  /** `cut`: the connection ended first. `differs`: something else came than a step says. `late`: the time of a step was up. */
  readonly phase: 'running' | 'done' | 'cut' | 'differs' | 'late' | 'stopped';
  /** The round that goes on or was the last, from 1 on. */
  readonly round: number;
  readonly times: number;
  /** How many times a rule has answered. */
  readonly answers: number;
  /** What it waits for, or stopped at. */
  readonly step: ScriptStep['kind'] | undefined;
};

/** While so much has not left, nothing is added to it: a script never runs ahead of the network. */
const QUEUED_MAX: ByteCount = 65_536;

/** A script on its way: takes its steps as bytes come and as time goes. It ends with its socket. */
export class ScriptRun extends Observable {
  readonly #script: Script;
  readonly #socket: ScriptSocket;
  readonly #clock: Clock;
  readonly #times: number;
  readonly #every: Milliseconds;
  readonly #unsubscribe: () => void;
  readonly #within: Milliseconds | undefined;
  readonly #unread: UnreadBytes;
  #queue: ScriptStep[] = [];
  #round = 0;
  #answers = 0;
  #phase: RunStatus['phase'] = 'running';
  /** Nothing is done before. */
  #notBefore: Milliseconds | undefined;
  #roundAt: Milliseconds | undefined;
  /** When the step that waits, or the wait for the connection, is over. */
  #deadline: Milliseconds | undefined;
  #cancel: Cancel | undefined;
  #isAdvancing = false;

  constructor(script: Script, socket: ScriptSocket, clock: Clock, options: RunOptions = {}) {
    super();
    this.#script = script;
    this.#socket = socket;
    this.#clock = clock;
    this.#times = options.times ?? 1;
    this.#every = options.every ?? 0;
    this.#within = options.within;
    this.#unread = new UnreadBytes(socket.received, options.from ?? socket.received.length);
    this.#unsubscribe = socket.subscribe(() => this.#advance());
    this.#advance();
  }

  get status(): RunStatus {
    const round = Math.max(1, this.#round);
    return { phase: this.#phase, round, times: this.#times, answers: this.#answers, step: this.step?.kind };
  }
  /** What it waits for, or stopped at; undefined before it is connected, and when all is done. */
  get step(): ScriptStep | undefined {
    return this.#queue[0];
  }
  /** What came and was taken by no step. */
  get unread(): Pick<UnreadBytes, 'taken' | 'look'> {
    return this.#unread;
  }
  /** Goes no further; the socket stays as it is. */
  stop(): void {
    if (this.#phase === 'running') this.#finish('stopped');
  }

  #advance(): void {
    // A step changes the socket, which calls here again.
    if (this.#isAdvancing || this.#phase !== 'running') return;
    this.#isAdvancing = true;
    let isMoving = true;
    while (isMoving && this.#phase === 'running') isMoving = this.#takeOne();
    this.#isAdvancing = false;
    this.changed();
  }

  /** False where something has to come first. */
  #takeOne(): boolean {
    const socket = this.#socket;
    if (!socket.isConnected) return this.#orCut() || this.#orLate(this.#within);
    if (!this.#isTime()) return this.#orCut();
    const { step } = this;
    if (step === undefined) return this.#begin();
    if (!this.#take(step)) return this.#orCut(READS.has(step.kind)) || this.#orLate(this.#limitOf(step));
    this.#queue.shift();
    this.#deadline = undefined;
    return true;
  }
  /** It waits; for what a connection that is over will never bring, it does not, nor for bytes behind the last one. */
  #orCut(isReading = false): false {
    const { isOver, ending } = this.#socket;
    if (this.#phase === 'running' && (isOver || (isReading && ending !== undefined))) this.#finish('cut');
    return false;
  }
  /** It waits until its time is over, and looks again then. */
  #orLate(within: Milliseconds | undefined): false {
    if (this.#phase === 'running' && within !== undefined && this.#hasWaited(within)) this.#finish('late');
    return false;
  }
  #limitOf(step: ScriptStep): Milliseconds | undefined {
    return isTimed(step) ? (step.within ?? this.#within) : undefined;
  }
  /** Whether what goes on has waited so long; if not, comes back when it has. */
  #hasWaited(span: Milliseconds): boolean {
    const now = this.#clock.now();
    this.#deadline ??= now + span;
    if (this.#deadline <= now) return true;
    this.#cancel?.();
    this.#cancel = this.#clock.after(this.#deadline - now, () => this.#advance());
    return false;
  }

  /** The next round, the next answer, or the end. */
  #begin(): boolean {
    const { steps, rules } = this.#script;
    if (this.#round < this.#times && steps.length > 0) {
      const now = this.#clock.now();
      const due = this.#roundAt === undefined ? now : this.#roundAt + this.#every;
      if (due > now) {
        this.#notBefore = due;
        return true;
      }
      this.#roundAt = now;
      this.#round += 1;
      this.#queue = [...steps];
      this.#deadline = undefined;
      return true;
    }
    if (rules.length === 0) {
      this.#finish('done');
      return false;
    }
    return this.#answer() || this.#orDone();
  }
  /** Rules have done their work when nothing more can come: FIN is answered by FIN. */
  #orDone(): false {
    const { isOver, ending } = this.#socket;
    if (ending !== undefined && !isOver) this.#socket.close();
    if (ending !== undefined || isOver) this.#finish('done');
    return false;
  }
  #answer(): boolean {
    if (this.#socket.queuedBytes > QUEUED_MAX) return false;
    const match = this.#unread.find((unread) => matchRule(this.#script.rules, unread));
    if (!match) return false;
    const answered = this.#unread.take(match.end);
    this.#answers += 1;
    this.#queue = match.rule.actions.map((action) => resolved(action, answered));
    return true;
  }

  #take(step: ScriptStep): boolean {
    const socket = this.#socket;
    switch (step.kind) {
      case 'send':
        if (socket.queuedBytes > QUEUED_MAX) return false;
        if (!socket.canSend) {
          this.#finish('cut');
          return false;
        }
        socket.send(step.bytes(Math.max(1, this.#round)));
        return true;
      case 'expectSilence':
        return this.#isMet(step) && this.#hasWaited(step.span);
      case 'pause':
        this.#notBefore = this.#clock.now() + step.span;
        return true;
      case 'end':
      case 'reset':
      case 'close':
        socket[step.kind]();
        return true;
      default:
        return this.#isMet(step);
    }
  }
  #isMet(step: Expectation): boolean {
    const met = meet(step, this.#unread, this.#socket);
    if (met === 'differs') this.#finish('differs');
    return met === 'met';
  }

  /** If it is time that is missing, comes back when that has passed. */
  #isTime(): boolean {
    const left = this.#notBefore === undefined ? 0 : this.#notBefore - this.#clock.now();
    this.#cancel?.();
    this.#cancel = undefined;
    if (left <= 0) {
      this.#notBefore = undefined;
      return true;
    }
    this.#cancel = this.#clock.after(left, () => this.#advance());
    return false;
  }
  #finish(phase: RunStatus['phase']): void {
    this.#phase = phase;
    this.#cancel?.();
    this.#unsubscribe();
    this.changed();
  }
}

function resolved(action: ScriptAction, answered: Uint8Array): ScriptStep {
  return action.kind === 'echo' ? { kind: 'send', bytes: () => answered } : action;
}
