import { PlaygroundError } from '../../../protocol/errors.ts';
import { MessagePool } from '../../../protocol/message-pool.ts';
import { TokenBucket } from '../../../protocol/token-bucket.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { CALL_WORK } from '../../shared/side-work.ts';
import { timerClock } from '../../shared/timer-clock.ts';
import { Destinations } from '../dial/destinations.ts';
import type { Activity } from '../extension.ts';
import type { GatewayLimits } from '../limits.ts';
import { Lingering } from '../streams/lingering.ts';
import { PortMap } from '../streams/listen/port-map.ts';
import type { TabResources } from '../streams/stream-host.ts';
import { SessionBudget } from './session-budget.ts';
import { TabSideWork } from './tab-side-work.ts';
import type { Turns } from './turns.ts';

/** An echo takes one frame of the tab and makes two calls: a tab within its budget of frames never waits for this one. */
const EVENTS_PER_FRAME = 2;
/** What is under way to a tab that reads as fast as it can. */
const POOLED_MESSAGES = 12;

/** What one session has open, by what is limited. */
export type OpenCounts = { readonly listeners: number; readonly connections: number };
type Member = { readonly openCounts: () => OpenCounts; readonly streamCount: number };

/**
 * One tab: its page has a session, and so has each program that runs in it. They share one budget, whoever spends it, and one
 * port map.
 */
export class Tab implements TabResources {
  readonly budget: SessionBudget;
  /** Bytes to the tab. */
  readonly down: TokenBucket;
  /** Calls of lab servers' programs that are told to the tab. */
  readonly events: TokenBucket;
  /** Buffers of long messages; never another tab's, whatever else goes wrong (decision 013). */
  readonly pool = new MessagePool(POOLED_MESSAGES);
  readonly ports = new PortMap();
  readonly destinations: Destinations;
  readonly sideWork: TabSideWork;
  readonly activity: Activity = { mark: 0 };
  /** Of all its sessions: what goes on after a socket has ended. */
  readonly lingering = new Lingering();
  readonly #limits: GatewayLimits;
  readonly #members = new Set<Member>();

  constructor(limits: GatewayLimits, turns: Turns) {
    this.#limits = limits;
    this.budget = new SessionBudget(timerClock.now, limits, (time, spender) => turns.spend(time, spender));
    this.sideWork = new TabSideWork({ budget: this.budget, turns, clock: timerClock });
    this.destinations = new Destinations(timerClock.now, limits.destinationsPerMinute);
    const { framesPerSecond, framesBurst } = limits;
    this.events = new TokenBucket(timerClock.now, EVENTS_PER_FRAME * framesPerSecond, EVENTS_PER_FRAME * framesBurst);
    this.down = new TokenBucket(timerClock.now, limits.bytesPerSecond, limits.bytesBurst);
  }

  /** One more call of a lab server's program, which is told to the tab: how long until its program may make the next. */
  takePeerCall(): Milliseconds {
    const now = timerClock.now();
    this.budget.spend(CALL_WORK, now);
    this.events.take(1, now);
    return this.events.wait(1, now);
  }

  join(member: Member): void {
    this.#members.add(member);
  }
  leave(member: Member): void {
    this.#members.delete(member);
  }

  /** @throws {PlaygroundError} LISTENER_LIMIT */
  assertMayListen(): void {
    if (this.#count('listeners') < this.#limits.listeners) return;
    throw new PlaygroundError('LISTENER_LIMIT', `${this.#limits.listeners} listeners`);
  }
  /** @throws {PlaygroundError} STREAM_LIMIT */
  assertMayConnect(): void {
    if (this.#count('connections') < this.#limits.streams) return;
    throw new PlaygroundError('STREAM_LIMIT', `${this.#limits.streams} sockets`);
  }

  /** Of the page and its programs, accepted ones too. */
  get socketCount(): number {
    let count = 0;
    for (const { streamCount } of this.#members) count += streamCount;
    return count;
  }

  /** The same, and what goes on after others have ended. */
  get heldCount(): number {
    return this.socketCount + this.lingering.size;
  }

  #count(what: keyof OpenCounts): number {
    let count = 0;
    for (const member of this.#members) count += member.openCounts()[what];
    return count;
  }
}
