import { PlaygroundError } from '../../protocol/errors.ts';
import type { RoomAnswer, RoomAsk, RoomSay } from '../../protocol/rooms/messages.ts';
import type { Guesses } from './guesses.ts';
import type { Member } from './member.ts';
import type { Room } from './room.ts';
import type { RoomClock } from './room-clock.ts';
import type { Rooms } from './rooms.ts';
import type { Seat } from './seat.ts';

/** A page's session, with what it has to do with rooms. */
export type RoomMember = Member<Seat, Room>;
export type ClassroomContext = {
  readonly clock: RoomClock;
  readonly rooms: Rooms;
  readonly guesses: Guesses;
  /** Is it the key of the server? */
  readonly isServerKey: (key: string) => boolean;
};

type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;
/** What answers, made once all that it confirms is stored, so that it says how things stand then; nothing: `done`. */
export type Answer = (() => WithoutId<RoomAnswer>) | undefined;
/** What one ROOM message does. @throws {PlaygroundError} what it is refused with */
export type Handler<Say extends RoomSay> = (
  context: ClassroomContext,
  member: RoomMember,
  message: RoomAsk<Say>,
  // biome-ignore lint/suspicious/noConfusingVoidType: most have no answer but `done`, and return nothing
) => Answer | void;
export type Handlers<Says extends RoomSay> = { readonly [Say in Says]: Handler<Say> };

/** The table of roles has let the message through, so it is in a room. @throws {PlaygroundError} ROOM_ENDED: not any more */
export function roomOf({ room }: RoomMember): Room {
  if (!room) throw new PlaygroundError('ROOM_ENDED', 'in no room');
  return room;
}
/** @throws {PlaygroundError} SEAT_UNKNOWN: it has none any more */
export function seatOf({ seat }: RoomMember): Seat {
  if (!seat) throw new PlaygroundError('SEAT_UNKNOWN', 'at no seat');
  return seat;
}
