import type { Cancel, Clock } from '../../protocol/clock.ts';
import { stepKey } from '../../protocol/rooms/done-step.ts';
import { REPORTED_STEPS_MAX } from '../../protocol/rooms/from-learner.ts';
import type { RoomAsk } from '../../protocol/rooms/messages.ts';
import type { ReportedStep } from '../../protocol/rooms/records.ts';
import { TokenBucket } from '../../protocol/token-bucket.ts';
import type { Milliseconds } from '../../protocol/units.ts';

export type Report = Omit<RoomAsk<'report'>, 'say' | 'id'>;
/** Where the page is, and how it stands there. */
export type ReportedPlace = Omit<Report, 'hint' | 'error' | 'progress'>;
/** What has just occurred. */
export type ReportedEvent = Pick<Report, 'hint' | 'error'>;

/** The server takes one a second, and eight at once: half of these are left to what is on its way when a session is resumed. */
const REPORTS = { perSecond: 1, burst: 4 };
/** To do a step is to be in the next one: both go in one report. */
const TOGETHER: Milliseconds = 50;
/** Of hints and errors that wait: the newest say where somebody is. */
const EVENTS_MAX = 16;

/** Gathers what a learner's page has to tell into reports, one a second on average, and keeps what is done until it is confirmed. */
export class Reporter {
  readonly #clock: Clock;
  readonly #send: (report: Report) => Promise<unknown>;
  readonly #unconfirmed = new Map<string, ReportedStep>();
  #place: ReportedPlace = {};
  #events: ReportedEvent[] = [];
  #isDue = false;
  #isOpen = false;
  readonly #budget: TokenBucket;
  #timer: Cancel | undefined;

  /** `send`: resolves when what is done is stored at the server. */
  constructor(clock: Clock, send: (report: Report) => Promise<unknown>) {
    this.#clock = clock;
    this.#send = send;
    this.#budget = new TokenBucket(clock.now, REPORTS.perSecond, REPORTS.burst);
  }

  /** One is at a seat, or no more: then nothing is reported, and what is not confirmed is kept. */
  setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#timer?.();
    this.#timer = undefined;
    this.#isDue = isOpen;
    if (isOpen && this.#budget.tryTake(1)) this.#report();
    else this.#plan();
  }
  /** Sends it all once more: another session has none of it. */
  moveTo(place: ReportedPlace): void {
    if (JSON.stringify(place) === JSON.stringify(this.#place)) return;
    this.#place = place;
    this.#isDue = true;
    this.#plan();
  }
  occur(event: ReportedEvent): void {
    this.#events = [...this.#events, event].slice(-EVENTS_MAX);
    this.#isDue = true;
    this.#plan();
  }
  finish(step: ReportedStep): void {
    this.#unconfirmed.set(stepKey(step), step);
    this.#isDue = true;
    this.#plan();
  }
  get unconfirmed(): readonly ReportedStep[] {
    return [...this.#unconfirmed.values()];
  }

  #plan(): void {
    if (!this.#isOpen || !this.#isDue || this.#timer) return;
    this.#timer = this.#clock.after(Math.max(TOGETHER, this.#budget.wait(1)), () => this.#onTimer());
  }
  #onTimer(): void {
    this.#timer = undefined;
    // A timer may be a moment early.
    if (this.#budget.tryTake(1)) this.#report();
    else this.#plan();
  }
  #report(): void {
    const steps = this.unconfirmed.slice(0, REPORTED_STEPS_MAX);
    const [event, ...later] = this.#events;
    this.#events = later;
    this.#isDue = later.length > 0;
    const sent = this.#send({ ...this.#place, ...event, ...(steps.length > 0 && { progress: steps }) });
    sent.then(
      () => this.#onConfirmed(steps),
      () => this.#onFailed(),
    );
    this.#plan();
  }
  #onConfirmed(steps: readonly ReportedStep[]): void {
    for (const step of steps)
      if (this.#unconfirmed.get(stepKey(step)) === step) this.#unconfirmed.delete(stepKey(step));
    if (this.#unconfirmed.size > 0) this.#isDue = true;
    this.#plan();
  }
  /** Lost with its session, or one too many: what is done is told again. */
  #onFailed(): void {
    if (this.#unconfirmed.size > 0) this.#isDue = true;
    this.#plan();
  }
}
