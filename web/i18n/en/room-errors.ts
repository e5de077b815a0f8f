import type { RoomErrorCode } from '../../../protocol/errors.ts';
import type { ErrorText } from '../error-text.ts';

const NO_ROOM = 'nothing: rooms are the playground’s own';

/** What a class room refuses, or ends. */
export const roomErrors: Readonly<Record<RoomErrorCode, ErrorText>> = {
  ROOM_UNKNOWN: {
    what: 'This code opens no room.',
    python: NO_ROOM,
    tryThis: 'Compare it with the one that is shown. The instructor may have locked the room, or made a new code.',
  },
  ROOM_LOCKED: {
    what: 'The room takes nobody in at the moment.',
    python: NO_ROOM,
    tryThis: 'Ask your instructor to unlock it. Everything that needs no room works as before.',
  },
  ROOM_FULL: {
    what: 'Every seat of the room is taken.',
    python: NO_ROOM,
    tryThis: 'Ask your instructor for more seats. If you had one before, open the room in the browser of that time.',
  },
  ROOM_ENDED: {
    what: 'The room has been deleted.',
    python: NO_ROOM,
    tryThis: 'Nothing of it is stored any more. Your sockets and your own progress are still here.',
  },
  ROOM_NEEDED: {
    what: 'This playground opens sockets in a room only, and you are in none.',
    python: 'nothing: this rule is the playground’s, on your own machine the call would go out',
    tryThis: 'Enter the code that your instructor shows.',
  },
  ROOM_RATE_EXCEEDED: {
    what: 'That was too often in too short a time.',
    python: NO_ROOM,
    tryThis: 'Wait a minute. A code that is right is taken at any time.',
  },
  SEAT_UNKNOWN: {
    what: 'There is no such seat in the room.',
    python: NO_ROOM,
    tryThis: 'Join with the code of the room. The seat may have been merged with another one.',
  },
  SEAT_TAKEN: {
    what: 'Somebody sits at this seat already.',
    python: NO_ROOM,
    tryThis: 'If it is your name, tell your instructor: a seat can be handed to another device.',
  },
  SEAT_REMOVED: {
    what: 'The instructor has removed you from the room.',
    python: NO_ROOM,
    tryThis: 'Ask your instructor. Your sockets and your own progress are still here.',
  },
  NAME_INVALID: {
    what: 'This cannot be your name here.',
    python: NO_ROOM,
    tryThis:
      'Use 1 to 24 letters and digits of one script, without characters that cannot be seen. In a class with a list, write your name as it stands there.',
  },
  KEY_INVALID: {
    what: 'The room does not take this key or PIN.',
    python: NO_ROOM,
    tryThis: 'Open the link of the room once more. For a PIN, ask your instructor.',
  },
  CLOSED_BY_INSTRUCTOR: {
    what: 'The instructor has closed this socket.',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    tryThis: 'Look up and ask why; then you can connect again.',
  },
};
