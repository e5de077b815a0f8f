import type { RoomSay } from './messages.ts';

/** What a session is: in no room; at a seat that waits to be let in; at a seat; with a helper's key; with the room's. */
export const ROOM_ROLES = ['stranger', 'waiting', 'learner', 'helper', 'instructor'] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

const ALL = ROOM_ROLES;
const SEATED = ['learner'] as const;
const TEACHING = ['helper', 'instructor'] as const;
const INSTRUCTOR = ['instructor'] as const;

/** Who may say what. A role is a session's, of what it has shown: a message never says who sends it. */
export const MAY_SAY: Readonly<Record<RoomSay, readonly RoomRole[]>> = {
  // These show a key or a code, and leave the room that one is in.
  join: ALL,
  create: ALL,
  list: ALL,
  open: ALL,
  leave: ['waiting', 'learner', 'helper', 'instructor'],

  report: SEATED,
  hand: SEATED,
  agree: SEATED,
  piece: ['learner', 'helper', 'instructor'],
  again: ['learner', 'helper', 'instructor'],

  policy: TEACHING,
  now: TEACHING,
  pack: TEACHING,
  give: TEACHING,
  notice: TEACHING,
  view: TEACHING,
  watch: TEACHING,
  spotlight: TEACHING,
  close: TEACHING,
  remove: TEACHING,
  admit: TEACHING,
  rename: TEACHING,
  merge: TEACHING,
  handover: TEACHING,
  quiet: TEACHING,
  roster: TEACHING,
  help: TEACHING,
  code: TEACHING,
  steps: TEACHING,

  // What a helper may not: take away what all have done, end the room, give keys.
  helper: INSTRUCTOR,
  export: INSTRUCTOR,
  delete: INSTRUCTOR,
};
