import type { RoomTold } from '../../../protocol/rooms/messages.ts';

type Outcomes = Extract<RoomTold, { say: 'wrong' }>['outcomes'];
type Outcome = { readonly lesson: string; readonly step: string; readonly hint: string; readonly seats: Set<number> };

/** More kinds of mistakes than one lesson has hints. */
const OUTCOMES_MAX = 256;
const TOLD_MAX = 64;

/** Which hints were raised, and at which seats whose step is still to be done. */
export class WrongOutcomes {
  readonly #outcomes = new Map<string, Outcome>();

  add(seat: number, lesson: string, step: string, hint: string): void {
    const key = `${lesson} ${step} ${hint}`;
    const known = this.#outcomes.get(key);
    if (known) known.seats.add(seat);
    else if (this.#outcomes.size < OUTCOMES_MAX)
      this.#outcomes.set(key, { lesson, step, hint, seats: new Set([seat]) });
  }
  /** The step is done; without one: the seat is no more. Returns whether that changes anything. */
  settle(seat: number, lesson?: string, step?: string): boolean {
    let isChanged = false;
    for (const [key, outcome] of this.#outcomes) {
      if (lesson !== undefined && (outcome.lesson !== lesson || outcome.step !== step)) continue;
      isChanged = outcome.seats.delete(seat) || isChanged;
      if (outcome.seats.size === 0) this.#outcomes.delete(key);
    }
    return isChanged;
  }
  /** Those of most seats first. */
  get list(): Outcomes {
    return [...this.#outcomes.values()]
      .toSorted((a, b) => b.seats.size - a.seats.size)
      .slice(0, TOLD_MAX)
      .map(({ seats, ...outcome }) => ({ ...outcome, seats: [...seats].toSorted((a, b) => a - b) }));
  }
}
