import { FrameType } from '../../../protocol/frame.ts';
import { SeatFlag, STUCK_FLAGS } from '../../../protocol/rooms/grid.ts';
import type { RoomAsk } from '../../../protocol/rooms/messages.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { AWAY_AFTER, type Stuck, stuckOf } from './stuck.ts';

/** A flag is raised no sooner than so long after the last one was: a tile that blinks tells nobody anything. */
const FLAG_AT_MOST_EACH: Milliseconds = 60_000;
const TEXT_MAX = 64;

/** What a learner's frame is called as a call. */
const CALL_NAMES: Partial<Record<number, string>> = {
  [FrameType.DATA]: 'send',
  [FrameType.DGRAM]: 'sendto',
  [FrameType.FIN]: 'shutdown',
  [FrameType.RST]: 'close',
  [FrameType.CLOSE]: 'close',
  [FrameType.ACCEPT]: 'accept',
};
const TYPE_BITS = 0xff;

/** What a seat is doing. It is forgotten with the process: pages report it anew. Times are ms since 1970. */
export class Presence {
  lesson = '';
  step = '';
  number = 0;
  of = 0;
  /** The step that the page shows is done. */
  isMet = false;
  /** When it came to this step. */
  since: Milliseconds;
  activeAt: Milliseconds;
  #counts = new Map<string, number>();
  #hintsUsedAt: Milliseconds | undefined;
  #waits: { readonly call: string; readonly since: Milliseconds } | undefined;
  #mark = 0;
  #text = '';
  #stuck: Stuck | undefined;
  #raisedAt = Number.NEGATIVE_INFINITY;
  #isQuiet = false;
  #flags = 0;
  #flagsSince: Milliseconds;

  constructor(now: Milliseconds) {
    this.since = now;
    this.activeAt = now;
    this.#flagsSince = now;
  }

  get flags(): number {
    return this.#flags;
  }
  get text(): string {
    return this.#text;
  }
  get why(): string {
    return this.#flags & STUCK_FLAGS ? (this.#stuck?.why ?? '') : '';
  }
  /** When the flags began; without one, the step. */
  get tileSince(): Milliseconds {
    return this.#flags === 0 ? this.since : this.#flagsSince;
  }

  /** Where the page is now and what has happened there. */
  report(
    { lesson = '', step = '', number = 0, of = 0, ...now }: Omit<RoomAsk<'report'>, 'say' | 'id'>,
    at: Milliseconds,
  ): void {
    if (lesson !== this.lesson || step !== this.step) this.#enter(at);
    Object.assign(this, { lesson, step, number, of });
    this.activeAt = at;
    for (const what of [now.hint, now.error]) if (what !== undefined) this.#count(what);
    if (now.error !== undefined) this.#text = now.error;
    this.#hintsUsedAt = now.hintsUsed ? (this.#hintsUsedAt ?? at) : undefined;
    const call = now.waits;
    if (call === undefined) this.#waits = undefined;
    else if (this.#waits?.call !== call) this.#waits = { call, since: at };
  }
  /** What the server itself has seen: a socket that ended badly, or was refused. */
  fail(call: string, code: string, mark: number): void {
    this.#mark = mark;
    this.#text = `${call} ${code}`.slice(0, TEXT_MAX);
    this.#count(code);
  }
  /** A socket was asked for, by this call. */
  opens(call: string, mark: number): void {
    this.#mark = mark;
    this.#text = call;
  }
  /** Not stuck, for as long as it is in this step. */
  quiet(): void {
    this.#isQuiet = true;
    this.#stuck = undefined;
  }
  /** The step is done, or there is another one: what was wrong in it is no more. */
  meet(): void {
    this.isMet = true;
    this.#stuck = undefined;
  }

  /** Looks at the last call (`Activity.mark`), and at how long all has lasted. */
  look(mark: number, others: number, median: Milliseconds | undefined, now: Milliseconds): void {
    if (mark !== this.#mark) {
      this.#mark = mark;
      this.activeAt = now;
      this.#text = CALL_NAMES[mark & TYPE_BITS] ?? this.#text;
    }
    this.#judge(median, now);
    const isAway = now - this.activeAt >= AWAY_AFTER;
    const flags = (this.#stuck?.flag ?? 0) | (isAway ? SeatFlag.away : 0) | others;
    if (flags === this.#flags) return;
    this.#flags = flags;
    this.#flagsSince = now;
  }

  #judge(median: Milliseconds | undefined, now: Milliseconds): void {
    if (this.step === '' || this.isMet || this.#isQuiet) return;
    const found = stuckOf(
      {
        counts: this.#counts,
        since: this.since,
        activeAt: this.activeAt,
        hintsUsedAt: this.#hintsUsedAt,
        waits: this.#waits,
      },
      median,
      now,
    );
    if (found?.flag === this.#stuck?.flag && found?.why === this.#stuck?.why) return;
    if (now - this.#raisedAt < FLAG_AT_MOST_EACH) return;
    this.#raisedAt = now;
    this.#stuck = found;
  }
  #enter(now: Milliseconds): void {
    this.since = now;
    this.isMet = false;
    this.#counts = new Map();
    this.#hintsUsedAt = undefined;
    this.#waits = undefined;
    this.#stuck = undefined;
    this.#isQuiet = false;
  }
  #count(what: string): void {
    if (this.isMet || this.#counts.size > TEXT_MAX) return;
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }
}
