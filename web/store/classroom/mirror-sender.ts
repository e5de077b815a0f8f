import type { RoomClient } from '../../../client/rooms/room-client.ts';
import type { Cancel, Clock } from '../../../protocol/clock.ts';
import { TokenBucket } from '../../../protocol/token-bucket.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { MirrorFeed, type MirrorSource, mirrorSource } from '../../../trace/mirror/mirror-feed.ts';
import type { MirrorProgram } from '../../../trace/mirror/mirror-message.ts';
import type { Playground } from '../playground.ts';
import type { Program } from '../programs/program.ts';
import { mirroredProgram, programSources } from './mirrored-programs.ts';

/** The server takes ten parts a second; whoever looks sees this within a second. */
const PART_EACH: Milliseconds = 400;
/** A little less than the server takes: what it gets too much of ends the watching. */
const BYTES_PER_SECOND: ByteCount = 60_000;
const BYTES_BURST: ByteCount = 360_000;
/** The newest of the page: with those of its programs they are fewer than a mirror may show. */
const SOCKETS_MAX = 256;

export type MirrorSenderOptions = {
  readonly playground: Playground;
  /** Those of the page Program, once somebody was there. */
  readonly programs: () => readonly Program[];
  readonly clock: Clock;
  readonly send: RoomClient['sendMirror'];
};

/** While somebody looks at this page: its past, then what has changed. Where that is too much, a snapshot anew as soon as it may go. */
export class MirrorSender {
  readonly #options: MirrorSenderOptions;
  readonly #budget: TokenBucket;
  #feed: MirrorFeed | undefined;
  #isSnapshotDue = false;
  #files = '';
  #timer: Cancel | undefined;

  constructor(options: MirrorSenderOptions) {
    this.#options = options;
    this.#budget = new TokenBucket(options.clock.now, BYTES_PER_SECOND, BYTES_BURST);
  }

  /** Said again, it tells everything anew. */
  set(isOn: boolean): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#feed = isOn ? new MirrorFeed() : undefined;
    this.#isSnapshotDue = true;
    if (this.#feed) this.#tell(this.#feed);
  }

  #tell(feed: MirrorFeed): void {
    const programs = this.#options.programs();
    const files = programs.map(({ file }) => file).join('\n');
    // A delta never says that a program is gone.
    if (files !== this.#files) this.#isSnapshotDue = true;
    this.#files = files;
    const [sources, mirrored] = [this.#sources(programs), programs.map(mirroredProgram)];
    if (!this.#isSnapshotDue) this.#isSnapshotDue = !this.#tellDelta(feed, sources, mirrored);
    else if (this.#budget.wait(1) === 0) {
      const bytes = encodeUtf8(feed.snapshot(sources, mirrored));
      this.#isSnapshotDue = !this.#budget.tryTake(bytes.length);
      if (!this.#isSnapshotDue) this.#options.send('snapshot', bytes);
    }
    this.#timer = this.#options.clock.after(PART_EACH, () => this.#tell(feed));
  }
  /** False: it is more than may go. What was in it is in the next snapshot. */
  #tellDelta(feed: MirrorFeed, sources: readonly MirrorSource[], programs: readonly MirrorProgram[]): boolean {
    const delta = feed.delta(sources, programs);
    if (delta === undefined) return true;
    const bytes = encodeUtf8(delta);
    if (!this.#budget.tryTake(bytes.length)) return false;
    this.#options.send('delta', bytes);
    return true;
  }
  #sources(programs: readonly Program[]): MirrorSource[] {
    return [...this.#options.playground.sockets().slice(-SOCKETS_MAX).map(mirrorSource), ...programSources(programs)];
  }
}
