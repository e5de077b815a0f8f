import { PlaygroundError } from '../../protocol/errors.ts';
import type { RoomAsk } from '../../protocol/rooms/messages.ts';
import { type Handlers, roomOf, seatOf } from './handler.ts';
import type { Room } from './room.ts';
import type { Seat } from './seat.ts';

/** What a learner's page says once it is at its seat. */
export const learnerSays: Handlers<'report' | 'hand' | 'agree' | 'piece' | 'again'> = {
  report: ({ clock }, member, message) => {
    const room = roomOf(member);
    const seat = seatOf(member);
    const at = clock.wall();
    takeProgress(room, seat, message.progress ?? [], at);
    seat.presence.report(message, at);
    const { lesson, step, hint } = message;
    const isDone = lesson !== undefined && step !== undefined && seat.has(lesson, step);
    if (isDone) seat.presence.meet();
    else if (lesson !== undefined && step !== undefined && hint !== undefined) {
      room.wrong.add(seat.number, lesson, step, hint);
      room.updates.wrong();
    }
    room.touch();
  },
  hand: ({ clock }, member, { up, text = '' }) => {
    const room = roomOf(member);
    const seat = seatOf(member);
    if (!up) {
      room.lowerHand(seat);
      return;
    }
    const { lesson, step } = seat.presence;
    const place = lesson === '' ? undefined : { lesson, ...(step !== '' && { step }) };
    const { takenBy: _, ...value } = room.help.raise(seat.number, text, clock.wall(), place);
    room.change({ put: 'help', room: room.id, value });
    room.updates.help();
  },
  agree: (_context, member, { spotlight }) => {
    const seat = seatOf(member);
    if (seat.agrees === spotlight) return;
    const room = roomOf(member);
    seat.agrees = spotlight;
    room.keepSeat(seat);
    // At once: whoever takes it back while all see the page does not wait for another one to be shown.
    room.mirrors.name(seat, room.nameShown(seat));
  },
  piece: (_context, member, { piece }) => {
    const text = roomOf(member).pieces[piece];
    if (text === undefined) throw new PlaygroundError('LESSONS_INVALID', `no piece ${piece}`);
    return () => ({ say: 'piece', piece, text });
  },
  again: (_context, member, { mirror: id }) => {
    for (const mirror of roomOf(member).mirrors.all) if (mirror.id === id) mirror.again(member);
  },
};

/** When it was done is for the server to say; of other lessons than the class's nothing is kept. */
function takeProgress(room: Room, seat: Seat, steps: NonNullable<RoomAsk<'report'>['progress']>, at: number): void {
  const { presence } = seat;
  const pack = room.now.pack?.id;
  for (const step of steps) {
    if (pack !== undefined && step.pack !== pack) continue;
    if (step.lesson === presence.lesson && step.step === presence.step && !presence.isMet) {
      if (!seat.has(step.lesson, step.step)) room.times.add(step.lesson, step.step, at - presence.since);
      presence.meet();
    }
    if (room.wrong.settle(seat.number, step.lesson, step.step)) room.updates.wrong();
    room.keepStep(seat, { ...step, at });
  }
}
