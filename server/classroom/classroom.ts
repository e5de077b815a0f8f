import { type ErrorCode, isUnforeseen, PlaygroundError } from '../../protocol/errors.ts';
import { FrameType } from '../../protocol/frame.ts';
import type { RoomsEntry } from '../../protocol/messages/session.ts';
import type { Open } from '../../protocol/messages/socket.ts';
import { checkRoomUp, parseRoomUp, type RoomUp } from '../../protocol/rooms/messages.ts';
import { MAY_SAY } from '../../protocol/rooms/roles.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import type { GatewayExtension, SocketFailure, TabChange, TabSession } from '../gateway/extension.ts';
import { entering } from './entering.ts';
import { Guesses } from './guesses.ts';
import type { Answer, ClassroomContext, Handlers, RoomMember } from './handler.ts';
import { learnerSays } from './learner-says.ts';
import { Member } from './member.ts';
import type { RoomClock } from './room-clock.ts';
import { Rooms } from './rooms.ts';
import { ServerKey } from './server-key.ts';
import { Journal } from './store/journal.ts';
import { MemoryStore } from './store/memory-store.ts';
import { ThreadedStore } from './store/threaded-store.ts';
import { teacherSays } from './teacher-says.ts';
import { teacherSeats } from './teacher-seats.ts';

export type ClassroomOptions = {
  readonly clock: RoomClock;
  /** Where rooms are stored; undefined: they end with the process. */
  readonly folder: string | undefined;
  /** After so many days without use a room is deleted; 0: rooms end with the process. */
  readonly keepDays: number;
  readonly entry: RoomsEntry;
  readonly onFault: (error: unknown) => void;
};

const TICK: Milliseconds = 250;
const SWEEP: Milliseconds = 600_000;
const REPORT_BYTES_MAX: ByteCount = 4_096;
const HANDLERS: Handlers<RoomUp['say']> = { ...entering, ...learnerSays, ...teacherSays, ...teacherSeats };
/** By what OPEN asks for. */
const CALL_OF_KIND: Readonly<Record<Open['kind'], string>> = {
  tcp: 'connect',
  unix: 'connect',
  udp: 'bind',
  listen: 'listen',
  bound: 'bind',
  seqpacket: 'socket',
};

/** Rooms on the gateway's sessions. Who is in no room costs nothing. */
export class Classroom {
  readonly rooms: Rooms;
  readonly key: ServerKey;
  /** What was refused because its sender may not say it. */
  refusedCount = 0;
  readonly #options: ClassroomOptions;
  readonly #journal: Journal;
  readonly #context: ClassroomContext;
  /** By the id of the page's session. */
  readonly #members = new Map<string, RoomMember>();
  /** Programs that are connected, by their page's session. */
  readonly #programs = new Map<string, Set<TabSession>>();
  readonly #timers: NodeJS.Timeout[];

  private constructor(options: ClassroomOptions, key: ServerKey, journal: Journal) {
    this.#options = options;
    this.key = key;
    this.#journal = journal;
    const { clock } = options;
    this.rooms = new Rooms(clock, journal);
    const guesses = new Guesses(clock.now);
    this.#context = { clock, rooms: this.rooms, guesses, isServerKey: key.isKey };
    const sweep = (): void => {
      guesses.sweep();
      this.rooms.sweep(options.keepDays);
    };
    this.#timers = [setInterval(() => this.tick(), TICK).unref(), setInterval(sweep, SWEEP).unref()];
  }

  /** Reads what is stored. @throws {Error} the system's */
  static async open(options: ClassroomOptions): Promise<Classroom> {
    const folder = options.keepDays === 0 ? undefined : options.folder;
    const store = folder === undefined ? new MemoryStore() : new ThreadedStore(folder);
    const journal = new Journal(store, options.clock, options.onFault);
    const classroom = new Classroom(options, new ServerKey(folder), journal);
    classroom.rooms.load(await store.load());
    classroom.rooms.sweep(options.keepDays);
    // Its file may have been deleted: the link that is printed now opens these rooms after the next start too.
    if (classroom.rooms.size > 0) classroom.key.keep();
    return classroom;
  }

  /** Stores what waits. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#journal.close();
  }

  get extension(): GatewayExtension {
    return {
      frames: {
        [FrameType.ROOM]: (session, payload) => this.#onRoom(session, payload),
        [FrameType.MIRROR_UP]: (session, payload) => this.#onMirror(session, payload),
      },
      onTab: (session, change) => this.#onTab(session, change),
      onOutcome: (session, { kind }) => {
        this.#presenceOf(session)?.opens(CALL_OF_KIND[kind], session.activity.mark);
      },
      onReset: (session, failure) => this.#onReset(session, failure),
      ...(this.#options.entry === 'room' && { mayOpen: (session) => this.#assertInRoom(session) }),
    };
  }

  /** What is due four times a second. */
  tick(): void {
    for (const member of this.#members.values()) member.flush();
    for (const room of this.rooms.all) {
      try {
        if (room.isUsed) room.tick();
      } catch (error) {
        this.#options.onFault(error);
      }
    }
  }

  #memberOf(session: TabSession): RoomMember {
    const known = this.#members.get(session.id);
    if (known) return known;
    const member: RoomMember = new Member(session, this.#options.clock);
    for (const program of this.#programs.get(session.id) ?? []) member.programs.add(program);
    this.#members.set(session.id, member);
    return member;
  }
  #presenceOf({ id, page = id }: TabSession) {
    return this.#members.get(page)?.seat?.presence;
  }

  #onRoom(session: TabSession, payload: Uint8Array): void {
    if (session.page !== undefined) throw new PlaygroundError('FRAME_INVALID', 'a program is in no room');
    const unchecked = parseRoomUp(payload);
    const member = this.#memberOf(session);
    if (unchecked.id !== undefined && !member.mayAsk(unchecked.say)) {
      this.#tellRefused(member, unchecked.id, 'ROOM_RATE_EXCEEDED', 'too fast');
      return;
    }
    const message = checkRoomUp(unchecked);
    if (message.say === 'report' && payload.length > REPORT_BYTES_MAX) {
      this.#tellRefused(member, message.id, 'ROOM_RATE_EXCEEDED', `${payload.length} bytes`);
      return;
    }
    const wait = message.say === 'join' && message.code !== undefined ? this.#context.guesses.wait(session.network) : 0;
    if (wait === 0) this.#take(member, message);
    else if (member.isGuessing) {
      this.#tellRefused(member, message.id, 'ROOM_RATE_EXCEEDED', 'one code at a time');
    } else {
      member.isGuessing = true;
      this.#options.clock.after(wait, () => {
        member.isGuessing = false;
        if (this.#members.get(session.id) === member) this.#take(member, message);
      });
    }
  }

  #take(member: RoomMember, message: RoomUp): void {
    let answer: Answer;
    try {
      if (!MAY_SAY[message.say].includes(member.role)) {
        this.refusedCount += 1;
        throw new PlaygroundError('KEY_INVALID', `a ${member.role} may not say ${message.say}`);
      }
      // Each handler takes the message of its name.
      const handle = HANDLERS[message.say] as (...args: unknown[]) => Answer | undefined;
      const before = this.#journal.count;
      answer = handle(this.#context, member, message);
      if (message.say === 'create') this.key.keep();
      if (this.#journal.count > before) {
        this.#journal.settled.then(
          () => this.#answer(member, message.id, answer),
          (error) => this.#refuse(member, message.id, error),
        );
        return;
      }
    } catch (error) {
      this.#refuse(member, message.id, error);
      return;
    }
    this.#answer(member, message.id, answer);
  }
  #answer(member: RoomMember, id: number, answer: Answer): void {
    try {
      member.tell({ ...(answer?.() ?? { say: 'done' }), id });
    } catch (error) {
      this.#refuse(member, id, error);
    }
  }
  #refuse(member: RoomMember, id: number, thrown: unknown): void {
    const { code, message } = PlaygroundError.from(thrown);
    if (isUnforeseen(thrown)) this.#options.onFault(thrown);
    this.#tellRefused(member, id, code, message);
  }
  #tellRefused(member: RoomMember, id: number, code: ErrorCode, text: string): void {
    member.tell({ say: 'refused', id, code, text: text.slice(0, TEXT_MAX) });
  }

  #onMirror(session: TabSession, payload: Uint8Array): void {
    const member = this.#members.get(session.id);
    const room = member?.room;
    const source = member?.seat ?? member;
    const mirror = source && room?.mirrors.get(source);
    if (!mirror || !room) return; // it has just ended, and the page does not know yet
    let isTaken = false;
    try {
      isTaken = mirror.take(payload);
    } catch {} // what cannot be read ends the watching, not the learner's sockets
    if (!isTaken) room.mirrors.end(source);
  }

  #onTab(session: TabSession, change: TabChange): void {
    const isHere = change !== 'detached' && change !== 'out';
    if (session.page !== undefined) this.#onProgram(session, session.page, isHere);
    const member = this.#members.get(session.id);
    if (!member) return;
    member.isAttached = isHere;
    if (change === 'out') {
      this.#members.delete(session.id);
      member.room?.dismiss(member, undefined);
    } else if (isHere) this.#onBack(member);
  }
  #onProgram(program: TabSession, page: string, isHere: boolean): void {
    const programs = this.#programs.get(page) ?? new Set();
    if (isHere) programs.add(program);
    else programs.delete(program);
    if (programs.size === 0) this.#programs.delete(page);
    else this.#programs.set(page, programs);
    const member = this.#members.get(page);
    if (isHere) member?.programs.add(program);
    else member?.programs.delete(program);
  }
  /** What is unnumbered was lost with the WebSocket. */
  #onBack(member: RoomMember): void {
    member.room?.teachers.get(member)?.forget();
    for (const mirror of member.room?.mirrors.all ?? []) {
      if (mirror.source === member) mirror.move(member);
      else mirror.again(member);
    }
  }

  #onReset(session: TabSession, { call, code }: SocketFailure): void {
    this.#presenceOf(session)?.fail(call, code, session.activity.mark);
  }
  #assertInRoom({ id, page = id }: TabSession): void {
    const role = this.#members.get(page)?.role ?? 'stranger';
    if (role === 'stranger' || role === 'waiting')
      throw new PlaygroundError('ROOM_NEEDED', 'sockets are opened in a room');
  }
}

const TEXT_MAX = 200;
