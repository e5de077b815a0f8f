import { randomBytes } from 'node:crypto';
import { PlaygroundError } from '../../protocol/errors.ts';
import { codeFrom, ROOM_CODE_LENGTH, SEAT_CODE_LENGTH } from '../../protocol/rooms/code.ts';
import type { RoomPolicy } from '../../protocol/rooms/records.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { Room, type RoomPort } from './room.ts';
import type { RoomClock } from './room-clock.ts';
import type { Seat } from './seat.ts';
import { createKey, createRoomId, hashOf } from './secrets.ts';
import type { Journal } from './store/journal.ts';
import type { StoredClass } from './store/room-store.ts';

const ROOMS_MAX = 256;
const HANDOVER_FOR: Milliseconds = 600_000;
const DAY: Milliseconds = 86_400_000;

type Handover = { readonly room: Room; readonly seat: Seat; readonly until: Milliseconds };

/** All rooms of the server. */
export class Rooms {
  readonly #rooms = new Map<string, Room>();
  readonly #byCode = new Map<string, Room>();
  readonly #handovers = new Map<string, Handover>();
  readonly #port: RoomPort;
  #mirrors = 0;

  constructor(clock: RoomClock, journal: Journal) {
    this.#port = {
      clock,
      journal,
      nextMirror: () => {
        this.#mirrors += 1;
        return this.#mirrors;
      },
    };
  }

  load(stored: readonly StoredClass[]): void {
    for (const each of stored) this.#add(new Room(each, this.#port));
  }
  get all(): Iterable<Room> {
    return this.#rooms.values();
  }
  get size(): number {
    return this.#rooms.size;
  }
  get(id: string): Room | undefined {
    return this.#rooms.get(id);
  }
  /** The room of this code that lets people in: one that is locked is as one that is not there. */
  byCode(code: string): Room | undefined {
    const room = this.#byCode.get(code);
    return room?.policy.entry === 'locked' ? undefined : room;
  }

  /** @throws {PlaygroundError} ROOM_FULL: there are as many rooms as there may be */
  create(name: string, policy: RoomPolicy): { room: Room; key: string; helperKey: string } {
    if (this.#rooms.size >= ROOMS_MAX) throw new PlaygroundError('ROOM_FULL', `${ROOMS_MAX} rooms`);
    const key = createKey();
    const helperKey = createKey();
    const now = this.#port.clock.wall();
    const stored = {
      ...{ room: createRoomId(), name, code: this.#freeCode(), keyHash: hashOf(key), helperHash: hashOf(helperKey) },
      ...{ policy, setting: { paused: false }, createdAt: now, usedAt: now },
    };
    const empty = { seats: [], steps: new Map(), help: [], roster: [], pieces: [] };
    const room = new Room({ room: stored, ...empty }, this.#port);
    room.update({});
    this.#add(room);
    return { room, key, helperKey };
  }
  /** Another code: the one of before opens nothing any more. */
  renewCode(room: Room): string {
    this.#byCode.delete(room.stored.code);
    room.update({ code: this.#freeCode() });
    this.#byCode.set(room.stored.code, room);
    return room.stored.code;
  }
  delete(room: Room): void {
    this.#rooms.delete(room.id);
    this.#byCode.delete(room.stored.code);
    for (const member of [...room.teachers.keys()]) room.dismiss(member, 'ROOM_ENDED');
    for (const { member } of [...room.seats.values()]) if (member) room.dismiss(member, 'ROOM_ENDED');
    room.change({ drop: 'room', room: room.id });
  }

  /** A code that brings one device to this seat. */
  handOver(room: Room, seat: Seat): { code: string; until: Milliseconds } {
    for (const [code, handover] of this.#handovers) if (handover.seat === seat) this.#handovers.delete(code);
    const code = codeFrom(randomBytes, SEAT_CODE_LENGTH);
    const until = this.#port.clock.wall() + HANDOVER_FOR;
    this.#handovers.set(code, { room, seat, until });
    return { code, until };
  }
  /** The seat of such a code, once. */
  takeOver(code: string): { room: Room; seat: Seat } | undefined {
    const handover = this.#handovers.get(code);
    this.#handovers.delete(code);
    if (!handover || handover.until < this.#port.clock.wall()) return undefined;
    const { room, seat } = handover;
    return this.#rooms.get(room.id) === room && room.seats.get(seat.number) === seat ? { room, seat } : undefined;
  }

  /** Deletes what nobody has used for so many days; 0: nothing, they end with the process. */
  sweep(keepDays: number): void {
    const now = this.#port.clock.wall();
    for (const [code, { until }] of this.#handovers) if (until < now) this.#handovers.delete(code);
    if (keepDays === 0) return;
    for (const room of [...this.#rooms.values()]) {
      if (!room.isUsed && now - room.stored.usedAt > keepDays * DAY) this.delete(room);
    }
  }

  #add(room: Room): void {
    this.#rooms.set(room.id, room);
    this.#byCode.set(room.stored.code, room);
  }
  #freeCode(): string {
    for (;;) {
      const code = codeFrom(randomBytes, ROOM_CODE_LENGTH);
      if (!this.#byCode.has(code)) return code;
    }
  }
}
