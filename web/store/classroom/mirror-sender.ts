import type { RoomClient } from '../../../client/rooms/room-client.ts';
import type { Cancel, Clock } from '../../../protocol/clock.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { MirrorFeed, mirrorSource } from '../../../trace/mirror/mirror-feed.ts';
import type { Playground } from '../playground.ts';

/** The server takes ten parts a second; whoever looks sees this within a second. */
const PART_EACH: Milliseconds = 400;

/** While somebody looks at this page: its past, then what has changed. */
export class MirrorSender {
  readonly #playground: Playground;
  readonly #clock: Clock;
  readonly #send: RoomClient['sendMirror'];
  #feed: MirrorFeed | undefined;
  #timer: Cancel | undefined;

  constructor(playground: Playground, clock: Clock, send: RoomClient['sendMirror']) {
    this.#playground = playground;
    this.#clock = clock;
    this.#send = send;
  }

  /** Said again, it tells everything anew. */
  set(isOn: boolean): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#feed = isOn ? new MirrorFeed() : undefined;
    if (!this.#feed) return;
    this.#send('snapshot', new TextEncoder().encode(this.#feed.snapshot(this.#sources())));
    this.#plan();
  }

  #plan(): void {
    this.#timer = this.#clock.after(PART_EACH, () => this.#tell());
  }
  #tell(): void {
    const delta = this.#feed?.delta(this.#sources());
    if (delta !== undefined) this.#send('delta', new TextEncoder().encode(delta));
    this.#plan();
  }
  #sources() {
    return this.#playground.sockets().map(mirrorSource);
  }
}
