import { PlaygroundError } from '../../protocol/errors.ts';
import { encodeRoom } from '../../protocol/rooms/messages.ts';
import type { DoneStep } from '../../protocol/rooms/records.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { tellRoster } from './entering.ts';
import { type Handlers, roomOf } from './handler.ts';
import { createKey, hashOf } from './secrets.ts';

/** Of one part of an export; with the longest seat it still fits a frame. */
const EXPORT_BYTES: ByteCount = 24_000;

/** What an instructor or a helper says of the room as a whole. */
export const teacherSays: Handlers<
  | 'policy'
  | 'now'
  | 'pack'
  | 'give'
  | 'notice'
  | 'view'
  | 'roster'
  | 'help'
  | 'code'
  | 'helper'
  | 'steps'
  | 'export'
  | 'delete'
> = {
  policy: (_context, member, { policy }) => {
    const room = roomOf(member);
    room.update({ policy });
    if (!policy.watch) room.mirrors.endWatching();
    room.tellRoom();
  },
  now: (_context, member, { now }) => {
    const room = roomOf(member);
    room.update({ setting: now });
    room.tellRoom();
  },
  pack: (_context, member, { pack }) => {
    const room = roomOf(member);
    room.setPack(pack);
    if (pack?.pieces === undefined) room.tellRoom();
  },
  give: (_context, member, { piece, text }) => {
    const room = roomOf(member);
    if (!room.addPiece(piece, text)) throw new PlaygroundError('LESSONS_INVALID', `piece ${piece} is not the next`);
    if (room.hasAllPieces) room.tellRoom();
  },
  notice: ({ clock }, member, { to, notice }) => {
    const room = roomOf(member);
    const payload = encodeRoom({ say: 'notice', notice, at: clock.wall() });
    const seats = to === 'all' ? [...room.seats.values()] : to.map((number) => room.seat(number));
    for (const { member: learner } of seats) if (learner?.role === 'learner') learner.tellEncoded(payload);
  },
  view: (_context, member, { seats }) => {
    roomOf(member).teachers.get(member)?.show(seats);
  },
  roster: (_context, member, { first, rows }) => {
    const room = roomOf(member);
    room.roster.put(first, rows);
    room.change({ put: 'roster', room: room.id, value: room.roster.rows });
    tellRoster(room, (message) => room.tellTeachers(message));
  },
  help: (_context, member, { request, do: what }) => {
    const room = roomOf(member);
    if (what === 'take') room.help.take(request, member.role === 'helper' ? 'helper' : 'instructor');
    else {
      room.help.finish(request);
      room.change({ drop: 'help', room: room.id, request });
    }
    room.updates.help();
  },
  code: ({ rooms }, member) => {
    const room = roomOf(member);
    const code = rooms.renewCode(room);
    room.tellTeachers({ say: 'code', code });
  },
  helper: (_context, member) => {
    const room = roomOf(member);
    const key = createKey();
    room.update({ helperHash: hashOf(key) });
    for (const other of [...room.teachers.keys()]) if (other.role === 'helper') room.dismiss(other, 'KEY_INVALID');
    return () => ({ say: 'helperKey', key });
  },
  steps: (_context, member, { seat: number }) => {
    const seat = roomOf(member).seat(number);
    return () => ({ say: 'steps', steps: [...seat.steps] });
  },
  export: (_context, member, { after }) => {
    const room = roomOf(member);
    const left = [...room.seats.values()].filter(({ number }) => number > after);
    left.sort((a, b) => a.number - b.number);
    const seats: { seat: number; name: string; steps: DoneStep[] }[] = [];
    let bytes = 0;
    for (const { number: seat, name, steps } of left) {
      if (bytes > EXPORT_BYTES || seats.length === EXPORT_SEATS) break;
      seats.push({ seat, name, steps: [...steps] });
      bytes += JSON.stringify(seats.at(-1)).length;
    }
    const last = seats.at(-1)?.seat;
    return () => ({ say: 'exported', seats, ...(seats.length < left.length && last !== undefined && { next: last }) });
  },
  delete: ({ rooms }, member) => {
    rooms.delete(roomOf(member));
  },
};

const EXPORT_SEATS = 64;
