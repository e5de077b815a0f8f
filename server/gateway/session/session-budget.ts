import type { Clock } from '../../../protocol/clock.ts';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { FrameType, HEADER_BYTES } from '../../../protocol/frame.ts';
import { TokenBucket } from '../../../protocol/token-bucket.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { GatewayLimits } from '../limits.ts';

/** An honest browser acknowledges what it receives, however fast that is: eight of them count as one frame. */
const ACK_COST = 1 / 8;
/**
 * Frames that were sent at the announced rate may arrive closer together: the first was late, by what the network or this
 * process took. An OPEN that is too early is refused and not slowed, so its budget has room for so much.
 */
const LATE = 0.5;
/** After this time a third (1/e) of what a tab spent still counts against it. */
const RECENT: Milliseconds = 5_000;

/**
 * What a frame causes after its handler has returned, which no clock around the handler shows: promises, the kernel's
 * callbacks, the lab server at the other end. In milliseconds, measured roughly.
 */
const LATER: Partial<Record<number, Milliseconds>> = {
  [FrameType.OPEN]: 0.3,
  [FrameType.CALL]: 0.05,
  [FrameType.DATA]: 0.03,
  [FrameType.DGRAM]: 0.03,
  [FrameType.CLOSE]: 0.1,
  [FrameType.RST]: 0.1,
};
const LATER_OF_TYPE = Float64Array.from({ length: 0x100 }, (_, type) => LATER[type] ?? 0);

/** What one tab may ask of the gateway per second, in frames, bytes, sockets and processor time. */
export class SessionBudget {
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #opens: TokenBucket;
  readonly #work: TokenBucket;
  /** What was spent, less as it is longer ago. */
  #recent: Milliseconds = 0;
  #recentAt: Milliseconds = 0;
  readonly #now: Clock['now'];
  readonly #onWork: (time: Milliseconds, spender: SessionBudget) => void;
  #depth = 0;
  #beganAt: Milliseconds = 0;

  /** `onWork`: processor time was spent for this tab. */
  constructor(now: Clock['now'], limits: GatewayLimits, onWork: (time: Milliseconds, spender: SessionBudget) => void) {
    this.#now = now;
    this.#onWork = onWork;
    this.#frames = new TokenBucket(now, limits.framesPerSecond, limits.framesBurst);
    this.#bytes = new TokenBucket(now, limits.bytesPerSecond, limits.bytesBurst);
    this.#opens = new TokenBucket(now, limits.opensPerSecond, limits.opensBurst + limits.opensPerSecond * LATE);
    this.#work = new TokenBucket(now, limits.workPerSecond, limits.workBurst);
    this.#recentAt = now();
  }

  /** A WebSocket message came; it has not been parsed. Returns what it costs, in frames. */
  charge(message: Uint8Array, now = this.#now()): number {
    let cost = 0;
    let later = 0;
    // By their headers alone: the parser finds out later whether they are valid.
    for (let offset = 0; offset + HEADER_BYTES <= message.length; ) {
      const type = message[offset] as number;
      cost += type === FrameType.ACK ? ACK_COST : 1;
      later += LATER_OF_TYPE[type] as number;
      offset += HEADER_BYTES + (((message[offset + 1] as number) << 8) | (message[offset + 2] as number));
    }
    this.#bytes.take(message.length, now);
    this.#frames.take(cost, now);
    if (later > 0) this.spend(later, now);
    return cost;
  }
  /** A ping or pong of the WebSocket itself came. */
  chargeControl(): void {
    this.#frames.take(1);
  }
  /** How far the tab is ahead of its budget; 0 while it keeps it. */
  wait(now = this.#now()): Milliseconds {
    return Math.max(this.#frames.wait(0, now), this.#bytes.wait(0, now));
  }

  /** Work for this tab begins, or goes on within what has begun; `endWork` must follow. */
  beginWork(now?: Milliseconds): void {
    this.#depth += 1;
    if (this.#depth === 1) this.#beganAt = now ?? this.#now();
  }
  /** Returns the time of now. */
  endWork(): Milliseconds {
    this.#depth -= 1;
    const now = this.#now();
    if (this.#depth === 0) this.spend(now - this.#beganAt, now);
    return now;
  }
  /** How long until the processor time that was spent is paid for; 0 while nothing is owed. */
  workWait(now = this.#now()): Milliseconds {
    return this.#work.wait(0, now);
  }
  /** What was spent in the last seconds: a tab that spent more has its turn later. */
  readonly recentWork = (): Milliseconds => this.#recent * Math.exp((this.#recentAt - this.#now()) / RECENT);

  /** Processor time that was spent for this tab. */
  spend(time: Milliseconds, now: Milliseconds): void {
    this.#work.take(time, now);
    this.#recent = this.#recent * Math.exp((this.#recentAt - now) / RECENT) + time;
    this.#recentAt = now;
    this.#onWork(time, this);
  }

  /** Which destinations are new is counted elsewhere (destinations.ts). @throws {PlaygroundError} OPEN_RATE_EXCEEDED */
  open(): void {
    if (!this.#opens.tryTake(1)) throw new PlaygroundError('OPEN_RATE_EXCEEDED', 'too many sockets too fast');
  }
}
