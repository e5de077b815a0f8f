import type { Clock } from '../../protocol/clock.ts';
import { PlaygroundError } from '../../protocol/errors.ts';
import { FrameType } from '../../protocol/frame.ts';
import { encodeRoom, type RoomDown } from '../../protocol/rooms/messages.ts';
import type { RoomRole } from '../../protocol/rooms/roles.ts';
import { TokenBucket } from '../../protocol/token-bucket.ts';
import type { TabSession } from '../gateway/extension.ts';

const REPORTS = { perSecond: 1, burst: 8 };
const HANDS_PER_MINUTE = 6;
/**
 * A page that does not read has so many messages kept for it, beside those that its session keeps. Then the session ends: it would miss what
 * it needs to know, and its browser comes back with another one to where it was.
 */
const KEPT_MESSAGES = 512;

/**
 * A page's session that has said something in a room, or asked to come into one. What a seat and a room are it need not say: they have
 * members, and members have them (`RoomMember`).
 */
export class Member<AtSeat = unknown, InRoom = unknown> {
  readonly session: TabSession;
  readonly #reports: TokenBucket;
  readonly #hands: TokenBucket;
  role: RoomRole = 'stranger';
  room: InRoom | undefined;
  /** Of a learner, or one who waits. */
  seat: AtSeat | undefined;
  /** Of an instructor: whose page it looks at. */
  watching: AtSeat | undefined;
  /** The WebSocket is there. */
  isAttached = true;
  /** Its programs that are connected. */
  readonly programs = new Set<TabSession>();
  /** A join by a code waits to be looked at. */
  isGuessing = false;
  #kept: Uint8Array[] = [];
  #isOut = false;

  constructor(session: TabSession, clock: Clock) {
    this.session = session;
    this.#reports = new TokenBucket(clock.now, REPORTS.perSecond, REPORTS.burst);
    this.#hands = new TokenBucket(clock.now, HANDS_PER_MINUTE / 60, HANDS_PER_MINUTE);
  }

  get isTeaching(): boolean {
    return this.role === 'instructor' || this.role === 'helper';
  }
  get attachedCount(): number {
    return (this.isAttached ? 1 : 0) + this.programs.size;
  }

  /** False: it comes too fast. */
  mayAsk(say: unknown): boolean {
    if (say === 'report') return this.#reports.tryTake(1);
    if (say === 'hand') return this.#hands.tryTake(1);
    return true;
  }

  tell(message: RoomDown): void {
    this.tellEncoded(encodeRoom(message));
  }
  /** The same for many: encoded once. */
  tellEncoded(payload: Uint8Array): void {
    if (this.#isOut) return;
    // What waits goes before it, and goes with the next tick: to try it with each message costs more the more there is.
    if (this.#kept.length === 0 && this.session.tell(FrameType.ROOM, payload)) return;
    this.#kept.push(payload);
    if (this.#kept.length > KEPT_MESSAGES) this.#end();
  }
  /** What could not be told yet. */
  flush(): void {
    let sent = 0;
    while (sent < this.#kept.length && this.session.tell(FrameType.ROOM, this.#kept[sent] as Uint8Array)) sent += 1;
    if (sent > 0) this.#kept = this.#kept.slice(sent);
  }

  #end(): void {
    this.#isOut = true;
    this.#kept = [];
    // Not in the midst of what it is told by.
    queueMicrotask(() => this.session.dismiss(new PlaygroundError('ROOM_RATE_EXCEEDED', 'the page does not read')));
  }
}
