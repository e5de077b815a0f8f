import { mergeDone, stepKey } from '../../protocol/rooms/done-step.ts';
import type { DoneStep, SeatInfo, SeatState } from '../../protocol/rooms/records.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import type { Member } from './member.ts';
import { Presence } from './overview/presence.ts';
import type { StoredSeat } from './store/room-store.ts';

/** All lessons have fewer; one ROOM message carries them. */
const STEPS_MAX = 256;

/** One learner's place in a room. It outlives pages and the process. */
export class Seat {
  readonly number: number;
  readonly joinedAt: Milliseconds;
  name: string;
  /** SHA-256 of what brings somebody back to it, in hex; empty: nobody. */
  secretHash: string;
  state: SeatState;
  /** Of the roster. */
  row: number | undefined;
  /** The name may stand beside the page where all see it. */
  agrees: boolean;
  /** Whose page it is at. */
  member: Member<Seat> | undefined;
  presence: Presence;
  readonly #steps = new Map<string, DoneStep>();

  constructor(stored: StoredSeat, steps: readonly DoneStep[], now: Milliseconds) {
    this.number = stored.seat;
    this.joinedAt = stored.joinedAt;
    this.name = stored.name;
    this.secretHash = stored.secretHash;
    this.state = stored.state;
    this.row = stored.row;
    this.agrees = stored.agrees;
    this.presence = new Presence(now);
    for (const step of steps) this.#steps.set(stepKey(step), step);
  }

  get stored(): StoredSeat {
    const { number: seat, name, secretHash, state, joinedAt, row, agrees } = this;
    return { seat, name, secretHash, state, joinedAt, agrees, ...(row !== undefined && { row }) };
  }
  get info(): SeatInfo {
    const { number: seat, name, state, joinedAt, row } = this;
    return { seat, name, state, joinedAt, ...(row !== undefined && { row }) };
  }
  get steps(): readonly DoneStep[] {
    return [...this.#steps.values()];
  }

  /** Takes what is done; what has changed by it, or undefined. */
  add(step: DoneStep): DoneStep | undefined {
    const key = stepKey(step);
    const before = this.#steps.get(key);
    if (!before && this.#steps.size >= STEPS_MAX) return undefined;
    const after = before ? mergeDone(before, step) : step;
    const isSame = before && JSON.stringify(before) === JSON.stringify(after);
    if (isSame) return undefined;
    this.#steps.set(key, after);
    return after;
  }
  /** How many steps of a lesson are done. */
  countOf(lesson: string): number {
    let count = 0;
    for (const step of this.#steps.values()) if (step.lesson === lesson) count += 1;
    return count;
  }
  has(lesson: string, step: string): boolean {
    for (const done of this.#steps.values()) if (done.lesson === lesson && done.step === step) return true;
    return false;
  }
}
