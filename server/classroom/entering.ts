import { PlaygroundError } from '../../protocol/errors.ts';
import { SEAT_CODE_LENGTH } from '../../protocol/rooms/code.ts';
import type { RoomAsk } from '../../protocol/rooms/messages.ts';
import { parseName } from '../../protocol/rooms/name.ts';
import type { RoomRole } from '../../protocol/rooms/roles.ts';
import { type Answer, type ClassroomContext, type Handlers, type RoomMember, roomOf } from './handler.ts';
import type { Member } from './member.ts';
import { GridViewer } from './overview/grid.ts';
import type { Room } from './room.ts';
import { SEATS_AT_ONCE } from './room-updates.ts';
import { Seat } from './seat.ts';
import { createKey, hashOf, isKeyOf } from './secrets.ts';

/** They fit one frame. */
const ROWS_AT_ONCE = 100;
const SEATS_LAST = 9_999;

/** How one comes into a room, and leaves it. */
export const entering: Handlers<'join' | 'leave' | 'create' | 'list' | 'open'> = {
  join: (context, member, message) => {
    if (message.seat) return comeBack(context, member, message.seat);
    if (message.code?.length === SEAT_CODE_LENGTH) return takeOver(context, member, message.code);
    return takeSeat(context, member, message);
  },
  leave: (_context, member, { forget }) => {
    const room = roomOf(member);
    const { seat } = member;
    if (seat) room.lowerHand(seat);
    if (seat && forget) {
      Object.assign(seat, { secretHash: '', row: undefined });
      room.keepSeat(seat);
    }
    room.dismiss(member, undefined);
  },
  create: ({ rooms, isServerKey }, member, { key: shown, name, policy }) => {
    if (!isServerKey(shown)) throw new PlaygroundError('KEY_INVALID', 'not the key of the server');
    const { room, key, helperKey } = rooms.create(name, policy);
    const opened = teach(room, member, 'instructor');
    return () => ({ ...opened(), key, helperKey });
  },
  list: ({ rooms, isServerKey }, _member, { key }) => {
    if (!isServerKey(key)) throw new PlaygroundError('KEY_INVALID', 'not the key of the server');
    return () => ({ say: 'rooms', rooms: [...rooms.all].map(({ info }) => info) });
  },
  open: ({ rooms, isServerKey }, member, { room: id, key }) => {
    const room = rooms.get(id);
    const isInstructor = isServerKey(key) || isKeyOf(room?.stored.keyHash ?? '', key);
    const isHelper = isKeyOf(room?.stored.helperHash ?? '', key);
    if (!room || !(isInstructor || isHelper)) throw new PlaygroundError('KEY_INVALID', 'not a key of this room');
    return teach(room, member, isInstructor ? 'instructor' : 'helper');
  },
};

function comeBack({ rooms }: ClassroomContext, member: RoomMember, own: NonNullable<RoomAsk<'join'>['seat']>): Answer {
  const room = rooms.get(own.room);
  if (!room) throw new PlaygroundError('ROOM_ENDED', 'there is no such room any more');
  const seat = room.seats.get(own.seat);
  if (!seat || !isKeyOf(seat.secretHash, own.secret)) throw new PlaygroundError('SEAT_UNKNOWN', 'not the secret of it');
  if (seat.state === 'removed') throw new PlaygroundError('SEAT_REMOVED', `seat ${seat.number}`);
  return sit(room, seat, member, own.secret);
}

function takeOver({ rooms, guesses }: ClassroomContext, member: RoomMember, code: string): Answer {
  const found = rooms.takeOver(code);
  if (!found || found.seat.state === 'removed') return refuseCode(guesses, member);
  const { room, seat } = found;
  const secret = createKey();
  seat.secretHash = hashOf(secret);
  room.keepSeat(seat);
  return sit(room, seat, member, secret);
}

function takeSeat({ rooms, guesses, clock }: ClassroomContext, member: RoomMember, message: RoomAsk<'join'>): Answer {
  const room = rooms.byCode(message.code ?? '');
  if (!room) return refuseCode(guesses, member);
  if (!room.joins.tryTake(1)) throw new PlaygroundError('ROOM_RATE_EXCEEDED', 'too many come in at once');
  const taken = [...room.seats.values()].filter(({ state }) => state !== 'removed').length;
  const number = 1 + Math.max(0, ...room.seats.keys());
  if (taken >= room.policy.seats || number > SEATS_LAST) throw new PlaygroundError('ROOM_FULL', `${taken} seats`);
  const named = nameOf(room, number, message, clock.wall());
  const secret = createKey();
  const now = clock.wall();
  const state = room.policy.entry === 'approve' ? 'asks' : 'in';
  const stored = { seat: number, ...named, secretHash: hashOf(secret), state, joinedAt: now, agrees: false } as const;
  const seat = new Seat(stored, [], now);
  room.seats.set(number, seat);
  room.keepSeat(seat);
  return sit(room, seat, member, secret);
}

/** The same for a code that there never was, for an old one, and for one of a room that is locked. */
function refuseCode(guesses: ClassroomContext['guesses'], member: RoomMember): never {
  const isFew = guesses.charge(member.session.network);
  throw new PlaygroundError(isFew ? 'ROOM_UNKNOWN' : 'ROOM_RATE_EXCEEDED', 'no room takes anybody in by this code');
}

/** @throws {PlaygroundError} NAME_INVALID, SEAT_TAKEN, KEY_INVALID */
function nameOf(
  room: Room,
  number: number,
  { name = '', pin }: RoomAsk<'join'>,
  at: number,
): { readonly name: string; readonly row?: number } {
  const { names } = room.policy;
  if (names === 'generated') return { name: `seat ${String(number).padStart(2, '0')}` };
  const typed = parseName(name);
  if (names === 'free') return { name: room.freeName(typed) };
  try {
    const claimed = room.roster.claim(typed, pin, (row) => room.seatOfRow(row) !== undefined);
    return { name: room.freeName(claimed.name), row: claimed.row };
  } catch (error) {
    const { code } = PlaygroundError.from(error);
    if (code !== 'NAME_INVALID')
      room.tellTeachers({ say: 'alarm', what: code === 'KEY_INVALID' ? 'pin' : 'claim', name: typed, at });
    throw error;
  }
}

/** A seat has one page: the page before is told that another one has the seat. */
function sit(room: Room, seat: Seat, member: RoomMember, secret: string): Answer {
  if (member.room) member.room.dismiss(member, undefined);
  if (seat.member) room.dismiss(seat.member, 'SESSION_REPLACED');
  seat.member = member;
  Object.assign(member, { room, seat });
  room.mirrors.get(seat)?.move(member);
  room.updates.seat(seat.number);
  room.touch();
  if (seat.state === 'in') seatLearner(room, member);
  else member.role = 'waiting';
  return () => ({
    say: 'joined',
    ...room.head,
    seat: seat.number,
    as: seat.name,
    state: seat.state,
    secret,
    progress: [...seat.steps],
    place: room.help.placeOf(seat.number),
    isWatched: room.mirrors.isWatched(seat),
    agrees: seat.agrees,
  });
}

/** A seat that is let in: its listeners are the room's, and it sees what all see. */
export function seatLearner(room: Room, member: Member<Seat>): void {
  member.role = 'learner';
  member.session.enterRoom(room.id);
  showSpotlight(room, member);
}
/** After the answer, which says which mirror that is. */
function showSpotlight(room: Room, member: Member<Seat>): void {
  queueMicrotask(() => {
    if (member.room === room && room.mirrors.shown?.mirror.source !== member) room.mirrors.shown?.mirror.add(member);
  });
}

function teach(room: Room, member: RoomMember, role: Extract<RoomRole, 'instructor' | 'helper'>) {
  if (member.room) member.room.dismiss(member, undefined);
  Object.assign(member, { room, role });
  room.teachers.set(member, new GridViewer(member.session, room.clock));
  member.session.enterRoom(room.id);
  room.touch();
  return () => {
    queueMicrotask(() => {
      if (member.room === room) tellAllOf(room, member);
    });
    return { say: 'opened', ...room.head, role, code: room.stored.code } as const;
  };
}

/** What an instructor's page has to know of a room that it opens. */
function tellAllOf(room: Room, member: RoomMember): void {
  const seats = [...room.seats.values()].map(({ info }) => info);
  for (let at = 0; at === 0 || at < seats.length; at += SEATS_AT_ONCE) {
    member.tell({ say: 'seats', seats: seats.slice(at, at + SEATS_AT_ONCE), ...(at === 0 && { isFirst: true }) });
  }
  tellRoster(room, (message) => member.tell(message));
  member.tell(room.updates.ofHelp);
  member.tell(room.updates.ofWrong);
  showSpotlight(room, member);
}

/** The list of the class, in parts. */
export function tellRoster(room: Room, tell: (message: Parameters<Room['tellTeachers']>[0]) => void): void {
  const rows = room.roster.entries((row) => room.seatOfRow(row)?.number);
  for (let at = 0; at === 0 || at < rows.length; at += ROWS_AT_ONCE) {
    tell({ say: 'roster', rows: rows.slice(at, at + ROWS_AT_ONCE), ...(at === 0 && { isFirst: true as const }) });
  }
}
