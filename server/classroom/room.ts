import { type ErrorCode, PlaygroundError } from '../../protocol/errors.ts';
import { SeatFlag } from '../../protocol/rooms/grid.ts';
import { encodeRoom, type RoomTold } from '../../protocol/rooms/messages.ts';
import { freeName, nameKey } from '../../protocol/rooms/name.ts';
import type { DoneStep, PackRef, RoomInfo, RoomNow, RoomPolicy } from '../../protocol/rooms/records.ts';
import { TokenBucket } from '../../protocol/token-bucket.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { HelpQueue } from './help-queue.ts';
import type { Member } from './member.ts';
import { type GridViewer, Tiles } from './overview/grid.ts';
import { RoomMirrors } from './overview/room-mirrors.ts';
import { StepTimes } from './overview/step-times.ts';
import { WrongOutcomes } from './overview/wrong-outcomes.ts';
import type { RoomClock } from './room-clock.ts';
import { RoomUpdates } from './room-updates.ts';
import { Roster } from './roster.ts';
import { Seat } from './seat.ts';
import type { Journal } from './store/journal.ts';
import type { RoomChange, StoredClass, StoredRoom } from './store/room-store.ts';

const JOINS = { perSecond: 60, burst: 200 };
/** How exactly it is stored when a room was last used. */
const USED_STEP: Milliseconds = 60_000;

export type RoomPort = { readonly clock: RoomClock; readonly journal: Journal; readonly nextMirror: () => number };

/** One class: who is in it, what they do, and what the instructor has set. */
export class Room {
  readonly id: string;
  readonly seats = new Map<number, Seat>();
  readonly roster: Roster;
  readonly help: HelpQueue;
  readonly wrong = new WrongOutcomes();
  readonly times = new StepTimes();
  readonly tiles = new Tiles();
  readonly joins: TokenBucket;
  readonly updates: RoomUpdates;
  readonly #pieces: string[];
  /** Pages of instructors and helpers, with what each has been told of the grid. */
  readonly teachers = new Map<Member<Seat>, GridViewer>();
  readonly mirrors: RoomMirrors;
  readonly #port: RoomPort;
  #stored: StoredRoom;

  constructor({ room, seats, steps, help, roster, pieces }: StoredClass, port: RoomPort) {
    this.id = room.room;
    this.#stored = room;
    this.#port = port;
    this.roster = new Roster(roster);
    this.help = new HelpQueue(help);
    this.#pieces = [...pieces];
    this.joins = new TokenBucket(port.clock.now, JOINS.perSecond, JOINS.burst);
    const { seats: all, help: queue, wrong } = this;
    this.updates = new RoomUpdates({
      seats: all,
      help: queue,
      wrong,
      tellTeachers: (message) => this.tellTeachers(message),
    });
    this.mirrors = new RoomMirrors({ ...port, everybody: () => this.#everybody(), onShown: () => this.tellRoom() });
    for (const seat of seats) this.seats.set(seat.seat, new Seat(seat, steps.get(seat.seat) ?? [], port.clock.wall()));
  }

  get clock(): RoomClock {
    return this.#port.clock;
  }
  get stored(): StoredRoom {
    return this.#stored;
  }
  get policy(): RoomPolicy {
    return this.#stored.policy;
  }
  get now(): RoomNow {
    const { setting, pack } = this.#stored;
    return {
      ...setting,
      ...(pack && this.hasAllPieces && { pack }),
      ...(this.mirrors.shown && { spotlight: this.mirrors.shown.told }),
    };
  }
  get head(): { room: string; name: string; policy: RoomPolicy; now: RoomNow } {
    return { room: this.id, name: this.#stored.name, policy: this.policy, now: this.now };
  }
  get info(): RoomInfo {
    const { name, code, usedAt } = this.#stored;
    const taken = [...this.seats.values()].filter(({ state }) => state !== 'removed');
    const here = taken.filter(({ member }) => member?.isAttached).length;
    return { room: this.id, name, code, seats: taken.length, here, usedAt };
  }
  /** Somebody is in it. */
  get isUsed(): boolean {
    return this.teachers.size > 0 || [...this.seats.values()].some(({ member }) => member);
  }

  /** Learners in it, those who wait left out. */
  *learners(): Generator<Member<Seat>> {
    for (const { member, state } of this.seats.values()) if (member && state === 'in') yield member;
  }
  *#everybody(): Generator<Member<Seat>> {
    yield* this.learners();
    yield* this.teachers.keys();
  }
  /** @throws {PlaygroundError} SEAT_UNKNOWN */
  seat(number: number): Seat {
    const seat = this.seats.get(number);
    if (!seat) throw new PlaygroundError('SEAT_UNKNOWN', `seat ${number}`);
    return seat;
  }
  seatOfRow(row: number): Seat | undefined {
    for (const seat of this.seats.values()) if (seat.row === row && seat.state !== 'removed') return seat;
    return undefined;
  }
  /** The name, or one with a number behind that nobody else has. */
  freeName(name: string, own?: Seat): string {
    const taken = new Set<string>();
    for (const seat of this.seats.values()) if (seat !== own && seat.state !== 'removed') taken.add(nameKey(seat.name));
    return freeName(name, (key) => taken.has(key));
  }

  /** The name that may stand beside a page which all see. */
  nameShown({ agrees, name }: Seat): string | undefined {
    return this.policy.spotlight === 'ask' && agrees ? name : undefined;
  }

  change(change: RoomChange): void {
    this.#port.journal.add(change);
  }
  update(values: Partial<StoredRoom>): void {
    this.#stored = { ...this.#stored, ...values };
    this.change({ put: 'room', room: this.id, value: this.#stored });
  }
  get pieces(): readonly string[] {
    return this.#pieces;
  }
  /** The pack of the lessons can be had whole. */
  get hasAllPieces(): boolean {
    return this.#pieces.length === (this.#stored.pack?.pieces ?? 0);
  }
  setPack(pack: PackRef | undefined): void {
    const { pack: _, ...stored } = this.#stored;
    this.#stored = stored;
    this.#pieces.length = 0;
    this.change({ drop: 'pieces', room: this.id });
    this.update(pack ? { pack } : {});
  }
  /** False: another piece is due. */
  addPiece(piece: number, text: string): boolean {
    if (piece !== this.#pieces.length || this.hasAllPieces) return false;
    this.#pieces.push(text);
    this.change({ put: 'piece', room: this.id, piece, value: text });
    return true;
  }
  /** Somebody does something in it. */
  touch(): void {
    const usedAt = this.#port.clock.wall();
    if (usedAt - this.#stored.usedAt >= USED_STEP) this.update({ usedAt });
  }
  /** A seat has changed: it is stored, and instructors are told. */
  keepSeat(seat: Seat): void {
    this.change({ put: 'seat', room: this.id, value: seat.stored });
    this.updates.seat(seat.number);
  }
  keepStep(seat: Seat, step: DoneStep): void {
    const kept = seat.add(step);
    if (kept) this.change({ put: 'step', room: this.id, seat: seat.number, value: kept });
  }
  dropSeat(seat: Seat): void {
    this.seats.delete(seat.number);
    this.tiles.drop(seat.number);
    this.change({ drop: 'seat', room: this.id, seat: seat.number });
    this.lowerHand(seat);
    if (this.wrong.settle(seat.number)) this.updates.wrong();
    this.tellTeachers({ say: 'gone', seats: [seat.number] });
  }
  lowerHand(seat: Seat): void {
    const lowered = this.help.lower(seat.number);
    if (!lowered) return;
    this.change({ drop: 'help', room: this.id, request: lowered.request });
    this.updates.help();
  }

  tellTeachers(message: RoomTold): void {
    const payload = encodeRoom(message);
    for (const member of this.teachers.keys()) member.tellEncoded(payload);
  }
  tellAll(message: RoomTold): void {
    const payload = encodeRoom(message);
    for (const member of this.teachers.keys()) member.tellEncoded(payload);
    for (const { member } of this.seats.values()) member?.tellEncoded(payload);
  }
  tellRoom(): void {
    this.tellAll({ say: 'room', policy: this.policy, now: this.now });
  }

  /** A page is in no room any more, and is told why. */
  dismiss(member: Member<Seat>, code: ErrorCode | undefined): void {
    const { seat } = member;
    this.mirrors.leave(member);
    this.teachers.delete(member);
    if (seat?.member === member) {
      seat.member = undefined;
      if (code !== 'SESSION_REPLACED') this.mirrors.end(seat);
    }
    Object.assign(member, { role: 'stranger', room: undefined, seat: undefined, watching: undefined });
    member.session.enterRoom(undefined);
    if (code) member.tell({ say: 'ended', code });
  }

  /** Four times a second: who is stuck, what has changed. */
  tick(): void {
    const now = this.#port.clock.wall();
    for (const seat of this.seats.values()) {
      if (this.teachers.size > 0) this.#look(seat, now);
    }
    this.updates.tell();
    for (const viewer of this.teachers.values()) viewer.tell(this.tiles, now);
  }

  #look(seat: Seat, now: Milliseconds): void {
    const { number, presence, member, state } = seat;
    if (state === 'removed') return;
    const hand = this.help.of(number) ? SeatFlag.hand : 0;
    const asks = state === 'asks' ? SeatFlag.asks : 0;
    const { lesson, step, of } = presence;
    const done = of > 0 && seat.countOf(lesson) >= of ? SeatFlag.done : 0;
    presence.look(member?.session.activity.mark ?? 0, hand | asks | done, this.times.median(lesson, step), now);
    this.tiles.put({
      seat: number,
      flags: presence.flags,
      attached: member?.attachedCount ?? 0,
      sockets: member?.session.socketCount ?? 0,
      lesson,
      step: presence.number,
      of,
      since: presence.tileSince,
      text: presence.text,
      why: presence.why,
    });
  }
}
