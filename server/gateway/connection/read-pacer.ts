import type { WebSocket } from 'ws';
import { PlaygroundError } from '../../../protocol/errors.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { timerClock } from '../../shared/timer-clock.ts';
import type { GatewayLimits } from '../limits.ts';
import type { SessionBudget } from '../session/session-budget.ts';
import type { Turn, Turns } from '../session/turns.ts';

export type ReadPacerPort = {
  readonly ws: Pick<WebSocket, 'pause' | 'resume'>;
  readonly turns: Turns;
  readonly limits: Pick<GatewayLimits, 'penalty' | 'penaltyLimit'>;
  /** The message has its turn. */
  readonly process: (message: Buffer, now: Milliseconds) => void;
  /** Runs what a timer or a turn calls: it may throw. */
  readonly guard: (run: () => void) => void;
};

/** After so many frames of one session the others have their turn, however little time they took. */
const FRAMES_PER_TURN = 1_024;
/** Below this no turn is asked for: so few frames may count for the next round. */
const FRAMES_UNTIMED = 16;
/** For how long a session that owes processor time is not read: a browser without an answer for 8 s dials again. */
const WORK_PAUSE = { shortest: 10, longest: 1_000 };

/** When the messages of one WebSocket are processed: at once, in their turn, or once the session keeps to its budget again. */
export class ReadPacer {
  readonly #port: ReadPacerPort;
  readonly #budget: SessionBudget;
  /** While it runs the WebSocket is not read; what had been read already is held, unparsed. */
  #penalty: NodeJS.Timeout | undefined;
  /** Its turn in a later round of the event loop. */
  #turn: Turn | undefined;
  #framesThisTurn = 0;
  #held: Buffer[] = [];
  #penaltyEndedAt: Milliseconds = Number.NEGATIVE_INFINITY;
  #tooFastSince: Milliseconds = 0;
  /** The penalty that runs is for frames or bytes, not for processor time. */
  #isTooFast = false;
  /** The last message, or the end of a pause: silence counts from here. */
  #readAt = timerClock.now();
  #isOver = false;

  constructor(port: ReadPacerPort, budget: SessionBudget) {
    this.#port = port;
    this.#budget = budget;
  }

  get readAt(): Milliseconds {
    return this.#readAt;
  }
  /** The WebSocket is not read: its silence is not the browser's. */
  get isHolding(): boolean {
    return this.#penalty !== undefined || this.#held.length > 0;
  }
  /** Messages that have been read and not processed. */
  get held(): readonly Buffer[] {
    return this.#held;
  }

  /** Processes a message now, or when its turn has come. */
  take(message: Buffer): void {
    if (this.#isOver) return;
    const now = timerClock.now();
    this.#readAt = now;
    const mustWait = this.isHolding || this.#framesThisTurn >= FRAMES_PER_TURN;
    if (mustWait || !this.#port.turns.hasTime) this.#hold(message);
    else this.#port.process(message, now);
  }
  /** A message of so many frames is about to be processed. */
  count(frames: number): void {
    this.#framesThisTurn += frames;
    if (this.#framesThisTurn >= FRAMES_UNTIMED) this.#awaitTurn();
  }
  /** A sign of life that is no message. */
  hear(): void {
    this.#readAt = timerClock.now();
  }

  /** A session that is too fast is not read for a while. @throws {PlaygroundError} FRAME_RATE_EXCEEDED: too fast for long */
  pace(now: Milliseconds): void {
    if (this.#penalty || this.#isOver) return;
    const budget = this.#budget;
    const wait = budget.wait(now);
    if (wait === 0) {
      const owed = budget.workWait(now);
      // The browser cannot tell what its frames cost: for processor time it waits, and is never closed.
      if (owed > 0) this.#pauseFor(Math.min(Math.max(owed, WORK_PAUSE.shortest), WORK_PAUSE.longest), now);
      return;
    }
    const { penalty, penaltyLimit } = this.#port.limits;
    // Too fast again as soon as it is read: too fast all the time.
    if (now - this.#penaltyEndedAt > penalty) this.#tooFastSince = now;
    if (now - this.#tooFastSince > penaltyLimit) {
      throw new PlaygroundError('FRAME_RATE_EXCEEDED', `too fast for ${penaltyLimit} ms`);
    }
    this.#isTooFast = true;
    this.#pauseFor(Math.max(penalty, Math.min(wait, penaltyLimit)), now);
  }

  /** The WebSocket is over: nothing more is processed. */
  end(): void {
    this.#isOver = true;
    clearTimeout(this.#penalty);
    if (this.#turn) this.#port.turns.forget(this.#turn);
    this.#penalty = undefined;
    this.#turn = undefined;
    this.#held = [];
  }

  #hold(message: Buffer): void {
    this.#held.push(message);
    this.#port.ws.pause();
    this.#awaitTurn();
  }
  #awaitTurn(): void {
    if (this.#turn) return;
    this.#turn = { budget: this.#budget, run: () => this.#port.guard(() => this.#onTurn()) };
    this.#port.turns.wait(this.#turn);
  }
  #onTurn(): void {
    this.#turn = undefined;
    this.#framesThisTurn = 0;
    if (this.#held.length > 0 && !this.#penalty) this.#processHeld();
  }

  #pauseFor(duration: Milliseconds, now: Milliseconds): void {
    this.#port.ws.pause();
    this.#penalty = setTimeout(() => this.#port.guard(() => this.#readAgain(now)), duration);
  }
  #readAgain(pausedAt: Milliseconds): void {
    this.#penalty = undefined;
    const now = timerClock.now();
    // A pause for what it owes does not show that it keeps to its pace.
    this.#penaltyEndedAt = this.#isTooFast ? now : this.#penaltyEndedAt + (now - pausedAt);
    this.#isTooFast = false;
    this.#readAt = now;
    this.#processHeld();
  }
  #processHeld(): void {
    const held = this.#held;
    this.#held = [];
    for (const message of held) this.take(message);
    if (!this.isHolding && !this.#isOver) this.#port.ws.resume();
  }
}
