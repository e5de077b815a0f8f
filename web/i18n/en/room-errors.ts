import type { RoomErrorCode } from '../../../protocol/errors.ts';
import type { ErrorText } from '../error-text.ts';

const NO_ROOM = 'nothing: rooms are the playground’s own';

/** What a class room refuses, or ends. */
export const roomErrors: Readonly<Record<RoomErrorCode, ErrorText>> = {
  ROOM_UNKNOWN: {
    what: 'No room has this code.',
    python: NO_ROOM,
    tryThis: 'Compare it with the one that is shown. The instructor may have locked the room, or made a new code.',
  },
  ROOM_LOCKED: {
    what: 'The room is locked at the moment.',
    python: NO_ROOM,
    tryThis: 'Ask your instructor to unlock it. Everything that needs no room works as before.',
  },
  ROOM_FULL: {
    what: 'Every seat of the room is taken.',
    python: NO_ROOM,
    tryThis:
      'Ask your instructor for more seats. If you had one before, open the room in the browser that you used then.',
  },
  ROOM_ENDED: {
    what: 'The room has been deleted.',
    python: NO_ROOM,
    tryThis: 'The server has deleted all of it. Your sockets and your own progress are still here.',
  },
  ROOM_NEEDED: {
    what: 'This playground opens sockets only for learners in a room, and you are not in one.',
    python: 'nothing: this rule is the playground’s; on your own machine the call would be made',
    tryThis: 'Enter the code that your instructor shows.',
  },
  ROOM_RATE_EXCEEDED: {
    what: 'You tried too often in too short a time.',
    python: NO_ROOM,
    tryThis: 'Wait a minute. The right code always works.',
  },
  SEAT_UNKNOWN: {
    what: 'There is no such seat in the room.',
    python: NO_ROOM,
    tryThis: 'Join with the code of the room. The seat may have been merged with another one.',
  },
  SEAT_TAKEN: {
    what: 'Another learner has this seat.',
    python: NO_ROOM,
    tryThis: 'If it is your name, tell your instructor: a seat can be handed to another device.',
  },
  SEAT_REMOVED: {
    what: 'The instructor has removed you from the room.',
    python: NO_ROOM,
    tryThis: 'Ask your instructor. Your sockets and your own progress are still here.',
  },
  NAME_INVALID: {
    what: 'You cannot use this name here.',
    python: NO_ROOM,
    tryThis:
      'Use 1 to 24 letters and digits of one script, without invisible characters. In a class with a list, write your name as it is on the list.',
  },
  KEY_INVALID: {
    what: 'The room does not accept this key or PIN.',
    python: NO_ROOM,
    tryThis: 'Open the link of the room once more. For a PIN, ask your instructor.',
  },
  CLOSED_BY_INSTRUCTOR: {
    what: 'The instructor has closed this socket.',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    tryThis: 'Look up and ask why; then you can connect again.',
  },
};
