import type { Static } from 'typebox';
import * as Type from 'typebox';
import { U32 } from '../messages/fields.ts';
import { closedObject } from '../schema/closed-object.ts';
import { CODE_PATTERN } from './code.ts';

/** More do not fit one class, or one GRID. */
export const SEATS_MAX = 600;

/** ms since 1970, by the server's wall clock. */
export const Moment = Type.Integer({ minimum: 0, maximum: 9_000_000_000_000 });
export const RoomId = Type.String({ pattern: '^[0-9a-f]{16}$' });
export const Code = Type.String({ pattern: CODE_PATTERN });
export const SeatNumber = Type.Integer({ minimum: 1, maximum: 9_999 });
export const SeatNumbers = Type.Array(SeatNumber, { maxItems: SEATS_MAX });
/** As somebody typed it: name.ts says what is one. */
export const TypedName = Type.String({ maxLength: 96 });
export const RoomName = Type.String({ minLength: 1, maxLength: 64 });
/** Of a lesson, a step or a hint. */
export const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' });
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
/** A raised hand, and what it asks. */
export const HelpText = Type.String({ maxLength: 200 });

export const RoomPolicy = closedObject({
  /** `free`: typed by the learner. `generated`: seat 07. `roster`: one that stands in the list. */
  names: Type.Enum(['free', 'generated', 'roster']),
  entry: Type.Enum(['open', 'approve', 'locked']),
  seats: Type.Integer({ minimum: 1, maximum: SEATS_MAX }),
  /** The instructor may look at a learner's page. */
  watch: Type.Boolean(),
  /** `ask`: the name of whose page is shown stands there if that learner has agreed. */
  spotlight: Type.Enum(['anonymous', 'ask']),
});
export type RoomPolicy = Static<typeof RoomPolicy>;

/** A lesson, or a step of it. */
export const Place = closedObject({ lesson: Slug, step: Type.Optional(Slug) });
export type Place = Static<typeof Place>;

/** The lessons of a class: those of the server, or, with `pieces`, a pack of the instructor's own that ROOM `piece` gives. */
export const PackRef = closedObject({
  id: Slug,
  version: Type.String({ pattern: '^\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}$' }),
  pieces: Type.Optional(Type.Integer({ minimum: 1, maximum: 256 })),
});
export type PackRef = Static<typeof PackRef>;

/** What the instructor has set for all; lessons and steps outside `pace`, whose ends are in it, are closed. */
export const RoomSetting = closedObject({
  lesson: Type.Optional(Slug),
  pace: Type.Optional(closedObject({ from: Place, to: Place })),
  paused: Type.Boolean(),
});
export type RoomSetting = Static<typeof RoomSetting>;

/** A page that all may look at: MIRROR frames with this number are of it. */
export const Spotlight = closedObject({
  mirror: U32,
  /** Whose page it is, where all may know. */
  name: Type.Optional(TypedName),
  isInstructor: Type.Boolean(),
  since: Moment,
});
export type Spotlight = Static<typeof Spotlight>;

export const RoomNow = closedObject({
  ...RoomSetting.properties,
  pack: Type.Optional(PackRef),
  spotlight: Type.Optional(Spotlight),
});
export type RoomNow = Static<typeof RoomNow>;

/** A step that is done. */
const STEP_FIELDS = {
  pack: Slug,
  lesson: Slug,
  step: Slug,
  rev: Type.Integer({ minimum: 1, maximum: 1_000 }),
  tries: Count,
  hints: Count,
  /** It was done for the learner. */
  shown: Type.Boolean(),
};
/** As a page reports it; when it was done is for the server to say. */
export const ReportedStep = closedObject(STEP_FIELDS);
export type ReportedStep = Static<typeof ReportedStep>;
export const DoneStep = closedObject({ ...STEP_FIELDS, at: Moment });
export type DoneStep = Static<typeof DoneStep>;

/** `asks`: waits to be let in. */
export const SeatState = Type.Enum(['asks', 'in', 'removed']);
export type SeatState = Static<typeof SeatState>;

/** A seat as the instructor sees it, but for what changes from second to second: that is in GRID. */
export const SeatInfo = closedObject({
  seat: SeatNumber,
  name: TypedName,
  state: SeatState,
  joinedAt: Moment,
  /** Its row in the roster. */
  row: Type.Optional(U32),
});
export type SeatInfo = Static<typeof SeatInfo>;

export const HelpRequest = closedObject({
  request: U32,
  seat: SeatNumber,
  text: HelpText,
  at: Moment,
  place: Type.Optional(Place),
  takenBy: Type.Optional(Type.Enum(['instructor', 'helper'])),
});
export type HelpRequest = Static<typeof HelpRequest>;

const Extra = Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 128 }));
/** A row of the list of a class, as the instructor gives it. */
export const RosterRow = closedObject({
  name: TypedName,
  pin: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  extra: Type.Optional(Extra),
});
export type RosterRow = Static<typeof RosterRow>;
/** The same as the server tells it: a PIN is never told. `seat`: who has taken it. */
export const RosterEntry = closedObject({
  row: U32,
  name: TypedName,
  hasPin: Type.Boolean(),
  extra: Type.Optional(Extra),
  seat: Type.Optional(SeatNumber),
});
export type RosterEntry = Static<typeof RosterEntry>;

/** What an instructor says to learners: words, and a place to go to or bytes for the composer, put in and not sent. */
export const Notice = closedObject({
  kind: Type.Enum(['message', 'hint']),
  text: Type.String({ minLength: 1, maxLength: 500 }),
  link: Type.Optional(Place),
  bytes: Type.Optional(Type.String({ maxLength: 1_024 })),
});
export type Notice = Static<typeof Notice>;

/** A room in the list of those of a server. */
export const RoomInfo = closedObject({
  room: RoomId,
  name: RoomName,
  code: Code,
  seats: U32,
  /** Seats whose page is connected now. */
  here: U32,
  usedAt: Moment,
});
export type RoomInfo = Static<typeof RoomInfo>;
