import type { Clock } from '../../../protocol/clock.ts';
import { encodeFrame, FrameType } from '../../../protocol/frame.ts';
import { decodeMirrorUp, mirrorDown } from '../../../protocol/rooms/mirror-part.ts';
import { TokenBucket } from '../../../protocol/token-bucket.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import type { Member } from '../member.ts';

/** What a page may send of itself: on average, and at once, which is a snapshot with what follows it. */
const BYTES_PER_SECOND: ByteCount = 64_000;
const BYTES_BURST: ByteCount = 384 * 1_024;
const PARTS_PER_SECOND = 10;
const PARTS_BURST = 30;
/** What happened since the snapshot: a newcomer gets it too, and beyond this another snapshot is cheaper. */
const KEPT_BYTES_MAX: ByteCount = 256 * 1_024;
/** A source is asked for another snapshot no sooner. */
const ASK_AGAIN_AFTER: Milliseconds = 2_000;

/** Whether all that is kept has been sent to somebody who looks, and when that one last missed something. */
type Watching = { isUpToDate: boolean; askedAt: Milliseconds };

/** One page, as others look at it: its snapshot and what has happened since, kept only while somebody looks. */
export class Mirror {
  readonly id: number;
  readonly #watchers = new Map<Member<unknown>, Watching>();
  #source: Member;
  readonly #clock: Clock;
  readonly #bytes: TokenBucket;
  readonly #parts: TokenBucket;
  /** MIRROR frames, one for all who look: a snapshot in its pieces, then deltas. */
  #kept: Uint8Array<ArrayBuffer>[] = [];
  #keptBytes = 0;
  #isWhole = false;
  #next: number | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #isSpotlight = false;

  constructor(id: number, source: Member, clock: Clock) {
    this.id = id;
    this.#source = source;
    this.#clock = clock;
    this.#bytes = new TokenBucket(clock.now, BYTES_PER_SECOND, BYTES_BURST);
    this.#parts = new TokenBucket(clock.now, PARTS_PER_SECOND, PARTS_BURST);
  }

  get source(): Member {
    return this.#source;
  }
  /** The same seat at another page: from a snapshot on. */
  move(source: Member): void {
    this.#source = source;
    this.#askedAt = Number.NEGATIVE_INFINITY;
    if (this.isWatched) this.ask();
  }
  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }
  get watchers(): Iterable<Member> {
    return this.#watchers.keys();
  }
  /** All in the room look. */
  set isSpotlight(isSpotlight: boolean) {
    if (isSpotlight === this.#isSpotlight) return;
    this.#isSpotlight = isSpotlight;
    this.#askedAt = Number.NEGATIVE_INFINITY;
    if (this.isWatched) this.ask();
  }

  add(member: Member): void {
    if (this.#watchers.has(member)) return;
    this.#watchers.set(member, { isUpToDate: false, askedAt: Number.NEGATIVE_INFINITY });
    if (!this.#isWhole) this.ask();
    else this.#catchUp(member);
  }
  delete(member: Member): void {
    this.#watchers.delete(member);
    if (!this.isWatched) this.end();
  }
  /** It has missed a part: what is kept is sent to it once more. */
  again(member: Member): void {
    const state = this.#watchers.get(member);
    if (!state || this.#clock.now() - state.askedAt < ASK_AGAIN_AFTER) return;
    state.askedAt = this.#clock.now();
    state.isUpToDate = false;
    if (this.#isWhole) this.#catchUp(member);
    else this.ask();
  }
  /** Asks the page for a snapshot. */
  ask(): void {
    const now = this.#clock.now();
    if (now - this.#askedAt < ASK_AGAIN_AFTER) return;
    this.#askedAt = now;
    this.#forget();
    this.#source.tell({ say: 'mirror', on: true, isSpotlight: this.#isSpotlight });
  }
  /** Nobody looks any more. */
  end(): void {
    this.#source.tell({ say: 'mirror', on: false, isSpotlight: false });
    this.#forget();
  }

  /** MIRROR_UP. False: it is more than a page may send. @throws {PlaygroundError} MESSAGE_INVALID: it is none */
  take(payload: Uint8Array): boolean {
    if (!this.#parts.tryTake(1) || !this.#bytes.tryTake(payload.length)) return false;
    const { part, kind, piece, of } = decodeMirrorUp(payload);
    const begins = kind === 'snapshot' && piece === 0;
    if (begins) this.#forget();
    else if (part !== this.#next) {
      this.ask(); // one is missing: from a snapshot on
      return true;
    }
    this.#next = (part + 1) >>> 0;
    const down = encodeFrame({ type: FrameType.MIRROR, seq: 0, stream: 0, payload: mirrorDown(this.id, payload) });
    this.#kept.push(down);
    this.#keptBytes += down.length;
    if (kind === 'snapshot' && piece === of - 1) this.#isWhole = true;
    for (const member of this.#watchers.keys()) this.#pass(member, down, begins);
    if (this.#keptBytes > KEPT_BYTES_MAX + KEPT_BYTES_MAX) this.ask();
    return true;
  }

  #forget(): void {
    this.#kept = [];
    this.#keptBytes = 0;
    this.#isWhole = false;
    this.#next = undefined;
  }
  /** Who reads too slowly misses this, finds the gap, and asks; nobody waits for it. */
  #pass(member: Member, down: Uint8Array<ArrayBuffer>, begins: boolean): void {
    const state = this.#watchers.get(member);
    if (!state || !(state.isUpToDate || begins)) return;
    state.isUpToDate = member.session.pass(down);
  }
  #catchUp(member: Member): void {
    const state = this.#watchers.get(member);
    if (state) state.isUpToDate = this.#kept.every((down) => member.session.pass(down));
  }
}
