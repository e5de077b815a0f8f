import type { Milliseconds } from '../../protocol/units.ts';
import { type PythonCallName, siteOf } from './call-sites.ts';
import type { Blocked } from './waiters.ts';

/** Calls that a loop makes again and again, each with a timeout: to the person they are one wait. */
const POLLED: ReadonlySet<PythonCallName> = new Set(['select', 'sleep', 'wait', 'get']);
/** A loop that does more than this in between does not only wait. */
const GAP: Milliseconds = 150;
/** More places than a program polls at; threads that are over are forgotten with them. */
const PLACES_MAX = 256;

type Place = Pick<Blocked, 'site' | 'since'>;

/** A line that polls (serve_forever() does twice a second) has waited since its first call, as long as it does nothing else. */
export class Polls {
  readonly #last = new Map<number, { readonly since: Milliseconds; readonly ended: Milliseconds }>();

  /** A wait is over. */
  ended(place: Place, now: Milliseconds): void {
    if (!POLLED.has(siteOf(place.site).call)) return;
    const since = this.sinceOf(place);
    if (this.#last.size >= PLACES_MAX) this.#last.clear();
    this.#last.set(place.site, { since, ended: now });
  }
  /** Since when a place waits, the waits before counted in. */
  sinceOf({ site, since }: Place): Milliseconds {
    const last = this.#last.get(site);
    return last !== undefined && since - last.ended <= GAP ? last.since : since;
  }
}
