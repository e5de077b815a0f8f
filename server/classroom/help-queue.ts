import { PlaygroundError } from '../../protocol/errors.ts';
import type { HelpRequest, Place } from '../../protocol/rooms/records.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import type { StoredHelp } from './store/room-store.ts';

/** Who asks for help, in the order of time: one request a seat. */
export class HelpQueue {
  readonly #requests: HelpRequest[];
  #next: number;

  constructor(stored: readonly StoredHelp[]) {
    this.#requests = [...stored];
    this.#next = 1 + stored.reduce((most, { request }) => Math.max(most, request), 0);
  }

  get all(): readonly HelpRequest[] {
    return this.#requests;
  }
  of(seat: number): HelpRequest | undefined {
    return this.#requests.find((request) => request.seat === seat);
  }
  /** 1 is first; 0: does not ask. */
  placeOf(seat: number): number {
    return 1 + this.#requests.findIndex((request) => request.seat === seat);
  }

  /** Who asks already keeps the place, and may say something else. */
  raise(seat: number, text: string, at: Milliseconds, place: Place | undefined): HelpRequest {
    const index = this.placeOf(seat) - 1;
    const before = this.#requests[index];
    if (before) {
      const changed = { ...before, text };
      this.#requests[index] = changed;
      return changed;
    }
    const request: HelpRequest = { request: this.#next, seat, text, at, ...(place && { place }) };
    this.#next += 1;
    this.#requests.push(request);
    return request;
  }
  /** The hand is down: what is no longer asked. */
  lower(seat: number): HelpRequest | undefined {
    const index = this.placeOf(seat) - 1;
    return index < 0 ? undefined : this.#requests.splice(index, 1)[0];
  }
  /** @throws {PlaygroundError} SEAT_UNKNOWN: it has been done, or taken back, meanwhile */
  take(id: number, by: 'instructor' | 'helper'): void {
    const index = this.#indexOf(id);
    this.#requests[index] = { ...(this.#requests[index] as HelpRequest), takenBy: by };
  }
  /** @throws {PlaygroundError} SEAT_UNKNOWN: it has been done, or taken back, meanwhile */
  finish(id: number): HelpRequest {
    return this.#requests.splice(this.#indexOf(id), 1)[0] as HelpRequest;
  }

  #indexOf(id: number): number {
    const index = this.#requests.findIndex(({ request }) => request === id);
    if (index < 0) throw new PlaygroundError('SEAT_UNKNOWN', `no request ${id}`);
    return index;
  }
}
