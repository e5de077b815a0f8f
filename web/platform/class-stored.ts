import { readStored } from './stored.ts';

// What is stored of class rooms. The first load looks whether there is any of it before it fetches their code.

/** A seat belongs to the browser: every tab of it comes back to the same one. */
export const SEAT = 'room.seat';
/** A room's key belongs to the tab that was given it. */
export const ROOM_KEY = 'room.key';
/** The server's key, of the link to the page Teach; likewise. */
export const TEACH_KEY = 'teach.key';

/** This browser has a seat in a class, or this tab teaches one: the page goes back to it. */
export function hasRoom(): boolean {
  return readStored('browser', SEAT) !== null || readStored('tab', ROOM_KEY) !== null;
}
