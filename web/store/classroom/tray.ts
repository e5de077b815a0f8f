import type { Milliseconds } from '../../../protocol/units.ts';
import { Observable } from '../../../trace/observable.ts';
import type { SeatRow } from './seat-rows.ts';
import type { WatchedPage } from './watched-page.ts';

/** A seat's page as it was at one moment. `at`: ms since 1970. */
export type Pinned = {
  readonly id: number;
  readonly at: Milliseconds;
  readonly row: Pick<SeatRow, 'seat' | 'name' | 'tile'>;
  readonly page: WatchedPage;
};

/** A snapshot may have megabytes: more of them are no comparison. */
export const PINNED_MAX = 12;

/** Snapshots of pages, to be compared: in the instructor's tab alone, and gone with it. */
export class Tray extends Observable {
  #pinned: readonly Pinned[] = [];
  #next = 1;

  get pinned(): readonly Pinned[] {
    return this.#pinned;
  }
  get isFull(): boolean {
    return this.#pinned.length >= PINNED_MAX;
  }

  pin(row: Pinned['row'], page: WatchedPage, at: Milliseconds): void {
    if (this.isFull) return;
    this.#pinned = [...this.#pinned, { id: this.#next, at, row, page: page.copy() }];
    this.#next += 1;
    this.changed();
  }
  remove(id: number): void {
    this.#pinned = this.#pinned.filter((pinned) => pinned.id !== id);
    this.changed();
  }
  /** One place up (-1) or down (1). */
  move(id: number, by: 1 | -1): void {
    const from = this.#pinned.findIndex((pinned) => pinned.id === id);
    const moved = this.#pinned[from];
    const to = from + by;
    if (!moved || to < 0 || to >= this.#pinned.length) return;
    this.#pinned = this.#pinned.toSpliced(from, 1).toSpliced(to, 0, moved);
    this.changed();
  }
}
