import type { Phase } from '../../client/session.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { Observable } from '../../trace/observable.ts';
import type { SocketChange, SocketTrace } from '../../trace/socket-trace.ts';

/** What the live region tells; the words are the catalogue's. */
export type Announcement =
  | { readonly kind: SocketChange; readonly record: SocketTrace }
  /** `isGone`: the gateway has said that it stops, and that all sockets end with it. */
  | { readonly kind: 'phase'; readonly phase: Phase; readonly isGone?: boolean }
  | { readonly kind: 'back'; readonly back: { readonly away: Milliseconds; readonly isLossless: boolean } };

export class Announcements extends Observable {
  #latest: Announcement | undefined;

  readonly latest = (): Announcement | undefined => this.#latest;

  add(announcement: Announcement): void {
    this.#latest = announcement;
    this.changed();
  }
}
