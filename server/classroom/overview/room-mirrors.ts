import type { RoomTold } from '../../../protocol/rooms/messages.ts';
import type { Spotlight } from '../../../protocol/rooms/records.ts';
import type { Member } from '../member.ts';
import type { RoomClock } from '../room-clock.ts';
import { Seat } from '../seat.ts';
import { Mirror } from './mirror.ts';

/** A page that all may look at. */
export type Shown = { readonly mirror: Mirror; readonly told: Spotlight };
export type RoomMirrorsPort = {
  readonly clock: RoomClock;
  readonly nextMirror: () => number;
  /** All who may look at a page that is shown to all. */
  readonly everybody: () => Iterable<Member<Seat>>;
  /** Another page is shown to all, or none. */
  readonly onShown: () => void;
};

/** The pages of a room that are looked at: a learner's by an instructor, and one by all. */
export class RoomMirrors {
  readonly #port: RoomMirrorsPort;
  readonly #mirrors = new Map<Seat | Member<Seat>, Mirror>();
  #shown: Shown | undefined;

  constructor(port: RoomMirrorsPort) {
    this.#port = port;
  }

  get all(): Iterable<Mirror> {
    return this.#mirrors.values();
  }
  get(source: Seat | Member<Seat>): Mirror | undefined {
    return this.#mirrors.get(source);
  }
  /** Of a seat's page, or of an instructor's own; a new one where nobody looks yet. */
  of(source: Seat | Member<Seat>, page: Member<Seat>): Mirror {
    const known = this.#mirrors.get(source);
    if (known) return known;
    const mirror = new Mirror(this.#port.nextMirror(), page, this.#port.clock);
    this.#mirrors.set(source, mirror);
    return mirror;
  }
  end(source: Seat | Member<Seat>): void {
    const mirror = this.#mirrors.get(source);
    if (!mirror) return;
    this.#mirrors.delete(source);
    if (this.#shown?.mirror === mirror) this.show(undefined);
    mirror.end();
    for (const member of mirror.watchers) if (member.isTeaching) member.tell({ say: 'unwatched', mirror: mirror.id });
    if (source instanceof Seat) source.member?.tell({ say: 'watched', isWatched: false });
  }
  /** Nobody looks at a learner's page any more, but for one that is shown to all. */
  endWatching(): void {
    for (const [source, mirror] of [...this.#mirrors]) {
      if (source instanceof Seat && mirror !== this.#shown?.mirror) this.end(source);
    }
  }
  /** Looks no more; with the last who does the mirror ends. */
  unwatch(member: Member<Seat>, source: Seat | Member<Seat>): void {
    const mirror = this.#mirrors.get(source);
    if (!mirror || mirror === this.#shown?.mirror) return;
    mirror.delete(member);
    if (!mirror.isWatched) this.#mirrors.delete(source);
    this.#tellWatched(source);
  }
  /** By an instructor; a page that all see is not watched for that alone. */
  isWatched(seat: Seat): boolean {
    for (const member of this.#mirrors.get(seat)?.watchers ?? []) if (member.watching === seat) return true;
    return false;
  }
  /** A page is in the room no more: it looks at none, and none looks at it. */
  leave(member: Member<Seat>): void {
    for (const [source, mirror] of [...this.#mirrors]) {
      mirror.delete(member);
      if (source === member) this.end(source);
      else if (!mirror.isWatched) this.#mirrors.delete(source);
      else this.#tellWatched(source);
    }
  }

  get shown(): Shown | undefined {
    return this.#shown;
  }
  /** Shows a page to all; undefined: no page any more. */
  show(shown: Shown | undefined): void {
    const before = this.#shown;
    if (before?.mirror === shown?.mirror) return;
    this.#shown = shown;
    if (before) this.#putAway(before.mirror);
    if (shown) {
      shown.mirror.isSpotlight = true;
      for (const member of this.#port.everybody()) if (member !== shown.mirror.source) shown.mirror.add(member);
    }
    this.#port.onShown();
  }
  /** Its name may stand beside the page that is shown to all, or may do so no more. */
  name(seat: Seat, name: string | undefined): void {
    if (!this.#shown || this.#mirrors.get(seat) !== this.#shown.mirror) return;
    const { name: _, ...told } = this.#shown.told;
    this.#shown = { mirror: this.#shown.mirror, told: { ...told, ...(name !== undefined && { name }) } };
    this.#port.onShown();
  }

  #putAway(mirror: Mirror): void {
    mirror.isSpotlight = false;
    const [source] = [...this.#mirrors].find(([, one]) => one === mirror) ?? [];
    for (const member of [...mirror.watchers]) {
      const isOwnChoice = source !== undefined && member.watching === source;
      if (!isOwnChoice) mirror.delete(member);
    }
    for (const [source, one] of [...this.#mirrors]) if (!one.isWatched) this.#mirrors.delete(source);
  }
  #tellWatched(source: Seat | Member<Seat>): void {
    const isWatched = source instanceof Seat && this.isWatched(source);
    if (source instanceof Seat) source.member?.tell({ say: 'watched', isWatched } satisfies RoomTold);
  }
}
