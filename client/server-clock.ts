import type { Clock } from '../protocol/clock.ts';
import type { Microseconds, Milliseconds } from '../protocol/units.ts';

/** What the server's clock shows, as far as what has come tells it. */
export class ServerClock {
  readonly #clock: Clock;
  #read: { readonly server: Microseconds; readonly here: Milliseconds } | undefined;
  #latest: Microseconds = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The time that a message told as it came. */
  told(server: Microseconds): void {
    this.#read = { server, here: this.#clock.now() };
  }
  /** Something happened there at that time. */
  reached(at: Microseconds): void {
    if (at > this.#latest) this.#latest = at;
  }
  /** Another server has the session: its clock is another one. */
  forget(): void {
    this.#latest = 0;
  }
  now(): Microseconds {
    if (!this.#read) return 0;
    const { server, here } = this.#read;
    // What has come is past, though the message that told the time took longer to come than this.
    return Math.max(this.#latest, server + Math.round((this.#clock.now() - here) * 1_000));
  }
}
