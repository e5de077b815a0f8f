import * as Type from 'typebox';
import { Hex128, U32 } from '../messages/fields.ts';
import { closedObject } from '../schema/closed-object.ts';
import {
  Code,
  DoneStep,
  HelpRequest,
  Moment,
  Notice,
  RoomId,
  RoomInfo,
  RoomName,
  RoomNow,
  RoomPolicy,
  RosterEntry,
  SeatInfo,
  SeatNumber,
  SeatNumbers,
  SeatState,
  Slug,
  TypedName,
} from './records.ts';
import { asked, told } from './said.ts';

/** Of all lessons together. */
const STEPS_MAX = 1_024;
const ErrorName = Type.String({ maxLength: 64 });
const Steps = Type.Array(DoneStep, { maxItems: STEPS_MAX });
const SeatSteps = closedObject({ seat: SeatNumber, name: TypedName, steps: Steps });

const ROOM = { room: RoomId, name: RoomName, policy: RoomPolicy, now: RoomNow };

/** ROOM ↓: what answers, by its `id`. */
export const ANSWERS = {
  done: asked('done', {}),
  refused: asked('refused', { code: ErrorName, text: Type.Optional(Type.String({ maxLength: 200 })) }),
  /** To a learner: who one is, and what is stored of oneself. `secret` brings one back, and stays the same. */
  joined: asked('joined', {
    ...ROOM,
    seat: SeatNumber,
    as: TypedName,
    state: SeatState,
    secret: Hex128,
    progress: Steps,
    /** In the queue of those who ask for help; 0: one does not ask. */
    place: U32,
    isWatched: Type.Boolean(),
    /** One's name may stand beside one's page when it is shown to all. */
    agrees: Type.Boolean(),
  }),
  /** To an instructor. The keys are told once, when the room is created: the server stores no more than their hashes. */
  opened: asked('opened', {
    ...ROOM,
    role: Type.Enum(['instructor', 'helper']),
    code: Code,
    key: Type.Optional(Hex128),
    helperKey: Type.Optional(Hex128),
  }),
  rooms: asked('rooms', { rooms: Type.Array(RoomInfo, { maxItems: 256 }) }),
  watching: asked('watching', { mirror: U32 }),
  handed: asked('handed', { code: Code, until: Moment }),
  helperKey: asked('helperKey', { key: Hex128 }),
  steps: asked('steps', { steps: Steps }),
  /** `next`: there is more after this seat. */
  exported: asked('exported', {
    seats: Type.Array(SeatSteps, { maxItems: 64 }),
    next: Type.Optional(SeatNumber),
  }),
  piece: asked('piece', { piece: U32, text: Type.String() }),
};

/** ROOM ↓: what is told to everybody in the room, or to instructors or learners alone. */
export const TOLD = {
  room: told('room', { policy: RoomPolicy, now: RoomNow }),
  /** One is in no room any more: REMOVED, ROOM_LOCKED, ROOM_ENDED, SESSION_REPLACED (the seat is at another page). */
  ended: told('ended', { code: ErrorName }),
  /** Sessions of this room are at another node. */
  moved: told('moved', { node: Type.String({ pattern: '^[a-z0-9-]{1,32}$' }) }),

  // To learners.
  /** One's seat has changed: let in, renamed, merged with another. */
  seat: told('seat', { seat: SeatNumber, as: TypedName, state: SeatState }),
  place: told('place', { place: U32, isTaken: Type.Boolean() }),
  notice: told('notice', { notice: Notice, at: Moment }),
  watched: told('watched', { isWatched: Type.Boolean() }),
  /** MIRROR_UP is asked for: from a snapshot on; or no more. Said again, it asks for another snapshot. */
  mirror: told('mirror', { on: Type.Boolean(), isSpotlight: Type.Boolean() }),

  // To instructors and helpers.
  code: told('code', { code: Code }),
  /** All of them in several, of which the first has `isFirst`; then those that have changed. */
  seats: told('seats', { seats: Type.Array(SeatInfo, { maxItems: 256 }), isFirst: Type.Optional(Type.Literal(true)) }),
  /** Seats that are no more: merged with another. */
  gone: told('gone', { seats: SeatNumbers }),
  roster: told('roster', {
    rows: Type.Array(RosterEntry, { maxItems: 128 }),
    isFirst: Type.Optional(Type.Literal(true)),
  }),
  help: told('help', { queue: Type.Array(HelpRequest, { maxItems: 256 }), more: U32 }),
  /** Which hints were raised, and at which seats their step is still to be done. */
  wrong: told('wrong', {
    outcomes: Type.Array(closedObject({ lesson: Slug, step: Slug, hint: Slug, seats: SeatNumbers }), { maxItems: 64 }),
  }),
  /** `claim`: somebody asked for a name of the roster that another one has. */
  alarm: told('alarm', { what: Type.Enum(['claim', 'pin']), name: TypedName, at: Moment }),
  /** The mirror that one looks at has ended. */
  unwatched: told('unwatched', { mirror: U32 }),
};
