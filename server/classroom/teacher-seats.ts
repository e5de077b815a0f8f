import { PlaygroundError } from '../../protocol/errors.ts';
import { parseName } from '../../protocol/rooms/name.ts';
import { seatLearner } from './entering.ts';
import { type Handlers, roomOf } from './handler.ts';
import type { Room } from './room.ts';
import type { Seat } from './seat.ts';

/** What an instructor or a helper says of one seat, or of some. */
export const teacherSeats: Handlers<
  'watch' | 'spotlight' | 'close' | 'remove' | 'admit' | 'rename' | 'merge' | 'handover' | 'quiet'
> = {
  watch: (_context, member, { seat: number }) => {
    const room = roomOf(member);
    if (member.watching) room.mirrors.unwatch(member, member.watching);
    member.watching = undefined;
    if (number === undefined) return;
    const seat = room.seat(number);
    if (!room.policy.watch) throw new PlaygroundError('KEY_INVALID', 'nobody is watched in this room');
    if (seat.member?.role !== 'learner') throw new PlaygroundError('SEAT_UNKNOWN', `nobody is at seat ${number}`);
    const mirror = room.mirrors.of(seat, seat.member);
    member.watching = seat;
    seat.member.tell({ say: 'watched', isWatched: true });
    // After the answer, which says which mirror that is.
    queueMicrotask(() => {
      if (member.watching === seat && room.mirrors.get(seat) === mirror) mirror.add(member);
    });
    return () => ({ say: 'watching', mirror: mirror.id });
  },
  spotlight: ({ clock }, member, { source }) => {
    const room = roomOf(member);
    if (source === undefined) {
      room.mirrors.show(undefined);
      return;
    }
    const seat = source === 'mine' ? undefined : room.seat(source);
    const page = seat ? seat.member : member;
    if (!page || (seat && page.role !== 'learner')) throw new PlaygroundError('SEAT_UNKNOWN', 'nobody is at this seat');
    const mirror = room.mirrors.of(seat ?? member, page);
    const name = seat && room.nameShown(seat);
    const told = {
      ...{ mirror: mirror.id, isInstructor: seat === undefined, since: clock.wall() },
      ...(name !== undefined && { name }),
    };
    room.mirrors.show({ mirror, told });
  },
  close: (_context, member, { seats }) => {
    const error = new PlaygroundError('CLOSED_BY_INSTRUCTOR', 'the instructor has closed this socket');
    for (const seat of seatsOf(roomOf(member), seats)) {
      seat.member?.session.closeSockets(error);
      for (const program of seat.member?.programs ?? []) program.closeSockets(error);
    }
  },
  remove: (_context, member, { seats }) => {
    const room = roomOf(member);
    for (const seat of seatsOf(room, seats)) remove(room, seat, 'SEAT_REMOVED');
  },
  admit: (_context, member, { seats, yes }) => {
    const room = roomOf(member);
    for (const seat of seatsOf(room, seats)) {
      if (seat.state !== 'asks') continue;
      if (!yes) {
        remove(room, seat, 'ROOM_LOCKED');
        continue;
      }
      seat.state = 'in';
      room.keepSeat(seat);
      tellSeat(seat);
      if (seat.member) seatLearner(room, seat.member);
    }
  },
  rename: (_context, member, { seat: number, name }) => {
    const room = roomOf(member);
    const seat = room.seat(number);
    seat.name = room.freeName(parseName(name), seat);
    room.keepSeat(seat);
    tellSeat(seat);
  },
  merge: (_context, member, { from: fromNumber, into: intoNumber }) => {
    const room = roomOf(member);
    const [from, into] = [room.seat(fromNumber), room.seat(intoNumber)];
    if (from === into) throw new PlaygroundError('SEAT_UNKNOWN', 'one seat twice');
    for (const step of from.steps) room.keepStep(into, step);
    into.row ??= from.row;
    const page = from.member;
    if (page) {
      if (into.member) room.dismiss(into.member, 'SESSION_REPLACED');
      room.mirrors.end(from);
      // What brought somebody back to the one seat brings them to the other.
      Object.assign(into, { secretHash: from.secretHash, member: page, presence: from.presence });
      Object.assign(page, { seat: into });
      from.member = undefined;
    }
    room.keepSeat(into);
    room.dropSeat(from);
    tellSeat(into);
  },
  handover: ({ rooms }, member, { seat: number }) => {
    const room = roomOf(member);
    const handed = rooms.handOver(room, room.seat(number));
    return () => ({ say: 'handed', ...handed });
  },
  quiet: (_context, member, { seat }) => {
    roomOf(member).seat(seat).presence.quiet();
  },
};

/** All of them or none. @throws {PlaygroundError} SEAT_UNKNOWN */
function seatsOf(room: Room, numbers: readonly number[]): Seat[] {
  return numbers.map((number) => room.seat(number));
}

function tellSeat(seat: Seat): void {
  seat.member?.tell({ say: 'seat', seat: seat.number, as: seat.name, state: seat.state });
}

/** A seat where nothing was done is no more at all: a flood of them leaves nothing. */
function remove(room: Room, seat: Seat, code: 'SEAT_REMOVED' | 'ROOM_LOCKED'): void {
  seat.state = 'removed';
  seat.row = undefined;
  room.lowerHand(seat);
  if (seat.member) room.dismiss(seat.member, code);
  if (seat.steps.length === 0) room.dropSeat(seat);
  else room.keepSeat(seat);
}
