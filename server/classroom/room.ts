import { type ErrorCode, PlaygroundError } from '../../protocol/errors.ts';
import { SeatFlag } from '../../protocol/rooms/grid.ts';
import { encodeRoom, type RoomTold } from '../../protocol/rooms/messages.ts';
import { freeName, nameKey } from '../../protocol/rooms/name.ts';
import type { DoneStep, PackRef, RoomInfo, RoomNow, RoomPolicy, Spotlight } from '../../protocol/rooms/records.ts';
import { TokenBucket } from '../../protocol/token-bucket.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { type GridViewer, Tiles } from './grid.ts';
import { HelpQueue } from './help-queue.ts';
import type { Member } from './member.ts';
import { Mirror } from './mirror.ts';
import type { RoomClock } from './room-clock.ts';
import { Roster } from './roster.ts';
import { Seat } from './seat.ts';
import { StepTimes } from './step-times.ts';
import type { Journal } from './store/journal.ts';
import type { RoomChange, StoredClass, StoredRoom } from './store/room-store.ts';
import { WrongOutcomes } from './wrong-outcomes.ts';

const JOINS = { perSecond: 60, burst: 200 };
/** How exactly it is stored when a room was last used. */
const USED_STEP: Milliseconds = 60_000;

export type RoomPort = { readonly clock: RoomClock; readonly journal: Journal; readonly nextMirror: () => number };
/** What has changed and is told with the next tick, however often it changed. */
type News = { help: boolean; wrong: boolean; readonly seats: Set<number> };

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
  readonly news: News = { help: false, wrong: false, seats: new Set() };
  readonly #pieces: string[];
  /** Pages of instructors and helpers, with what each has been told of the grid. */
  readonly teachers = new Map<Member, GridViewer>();
  readonly mirrors = new Map<Seat | Member, Mirror>();
  readonly #port: RoomPort;
  #stored: StoredRoom;
  #spotlight: { readonly mirror: Mirror; readonly told: Spotlight } | undefined;
  #places = new Map<number, string>();

  constructor({ room, seats, steps, help, roster, pieces }: StoredClass, port: RoomPort) {
    this.id = room.room;
    this.#stored = room;
    this.#port = port;
    this.roster = new Roster(roster);
    this.help = new HelpQueue(help);
    this.#pieces = [...pieces];
    this.joins = new TokenBucket(port.clock.now, JOINS.perSecond, JOINS.burst);
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
      ...(this.#spotlight && { spotlight: this.#spotlight.told }),
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
  *learners(): Generator<Member> {
    for (const { member, state } of this.seats.values()) if (member && state === 'in') yield member;
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
    this.news.seats.add(seat.number);
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
    if (this.wrong.settle(seat.number)) this.news.wrong = true;
    this.tellTeachers({ say: 'gone', seats: [seat.number] });
  }
  lowerHand(seat: Seat): void {
    const lowered = this.help.lower(seat.number);
    if (!lowered) return;
    this.change({ drop: 'help', room: this.id, request: lowered.request });
    this.news.help = true;
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

  /** The mirror of a seat's page, or of an instructor's own. */
  mirrorOf(source: Seat | Member, page: Member): Mirror {
    const known = this.mirrors.get(source);
    if (known) return known;
    const mirror = new Mirror(this.#port.nextMirror(), page, this.#port.clock);
    this.mirrors.set(source, mirror);
    return mirror;
  }
  endMirror(source: Seat | Member): void {
    const mirror = this.mirrors.get(source);
    if (!mirror) return;
    this.mirrors.delete(source);
    if (this.#spotlight?.mirror === mirror) this.showAll(undefined);
    mirror.end();
    for (const member of mirror.watchers) if (member.isTeaching) member.tell({ say: 'unwatched', mirror: mirror.id });
    if (source instanceof Seat) source.member?.tell({ say: 'watched', isWatched: false });
  }
  /** Looks no more; with the last who does the mirror ends. */
  unwatch(member: Member, source: Seat | Member): void {
    const mirror = this.mirrors.get(source);
    if (!mirror || mirror === this.#spotlight?.mirror) return;
    mirror.delete(member);
    if (!mirror.isWatched) this.mirrors.delete(source);
    if (source instanceof Seat) source.member?.tell({ say: 'watched', isWatched: this.isWatched(source) });
  }
  /** By an instructor; a page that all see is not watched for that alone. */
  isWatched(seat: Seat): boolean {
    for (const member of this.mirrors.get(seat)?.watchers ?? []) if (member.watching === seat) return true;
    return false;
  }
  get spotlight(): { readonly mirror: Mirror; readonly told: Spotlight } | undefined {
    return this.#spotlight;
  }
  /** Shows a page to all; undefined: no page any more. */
  showAll(shown: { readonly mirror: Mirror; readonly told: Spotlight } | undefined): void {
    const before = this.#spotlight;
    if (before?.mirror === shown?.mirror) return;
    this.#spotlight = shown;
    if (before) {
      before.mirror.isSpotlight = false;
      for (const member of [...before.mirror.watchers]) {
        const isOwnChoice = member.watching && this.mirrors.get(member.watching) === before.mirror;
        if (!isOwnChoice) before.mirror.delete(member);
      }
      for (const [source, mirror] of [...this.mirrors]) if (!mirror.isWatched) this.mirrors.delete(source);
    }
    if (shown) {
      shown.mirror.isSpotlight = true;
      for (const member of [...this.learners(), ...this.teachers.keys()]) {
        if (member !== shown.mirror.source) shown.mirror.add(member);
      }
    }
    this.tellRoom();
  }

  /** A page is in no room any more, and is told why. */
  dismiss(member: Member, code: ErrorCode | undefined): void {
    const { seat } = member;
    for (const [source, mirror] of [...this.mirrors]) {
      mirror.delete(member);
      if (source === member) this.endMirror(source);
      else if (!mirror.isWatched) this.mirrors.delete(source);
      else if (source instanceof Seat) source.member?.tell({ say: 'watched', isWatched: this.isWatched(source) });
    }
    this.teachers.delete(member);
    if (seat?.member === member) {
      seat.member = undefined;
      if (code !== 'SESSION_REPLACED') this.endMirror(seat);
    }
    Object.assign(member, { role: 'stranger', room: undefined, seat: undefined, watching: undefined });
    member.session.enterRoom(undefined);
    if (code) member.tell({ say: 'ended', code });
  }

  /** Four times a second: who is stuck, what has changed. */
  tick(): void {
    const now = this.#port.clock.wall();
    for (const seat of this.seats.values()) {
      seat.member?.flush();
      if (this.teachers.size > 0) this.#look(seat, now);
    }
    this.#tellPlaces();
    this.#tellNews();
    for (const [member, viewer] of this.teachers) {
      member.flush();
      viewer.tell(this.tiles, now);
    }
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
      ...{ seat: number, flags: presence.flags, attached: member?.attachedCount ?? 0 },
      ...{ sockets: member?.session.socketCount ?? 0, lesson, step: presence.number, of },
      ...{ since: presence.tileSince, text: presence.text, why: presence.why },
    });
  }
  #tellPlaces(): void {
    if (!this.news.help) return;
    const places = new Map<number, string>();
    for (const [index, { seat, takenBy }] of this.help.all.entries()) {
      places.set(seat, `${index + 1} ${takenBy ?? ''}`);
      this.#tellPlace(seat, index + 1, takenBy !== undefined, places);
    }
    for (const seat of this.#places.keys()) if (!places.has(seat)) this.#tellPlace(seat, 0, false, places);
    this.#places = places;
  }
  #tellPlace(number: number, place: number, isTaken: boolean, places: ReadonlyMap<number, string>): void {
    if (this.#places.get(number) === places.get(number)) return;
    this.seats.get(number)?.member?.tell({ say: 'place', place, isTaken });
  }
  #tellNews(): void {
    const { help, wrong, seats } = this.news;
    if (help) this.tellTeachers(this.helpNews);
    if (wrong) this.tellTeachers({ say: 'wrong', outcomes: this.wrong.list });
    if (seats.size > 0) {
      const infos = [...seats].flatMap((number) => this.seats.get(number)?.info ?? []);
      for (let at = 0; at < infos.length; at += SEATS_AT_ONCE) {
        this.tellTeachers({ say: 'seats', seats: infos.slice(at, at + SEATS_AT_ONCE) });
      }
    }
    Object.assign(this.news, { help: false, wrong: false });
    seats.clear();
  }

  get helpNews(): Extract<RoomTold, { say: 'help' }> {
    const queue = this.help.all.slice(0, HELP_TOLD);
    return { say: 'help', queue, more: this.help.all.length - queue.length };
  }
}

/** They fit one frame, whatever they say. */
export const SEATS_AT_ONCE = 200;
const HELP_TOLD = 60;
