import * as Type from 'typebox';
import { Hex128, U32 } from '../messages/fields.ts';
import {
  Notice,
  PackRef,
  RoomId,
  RoomName,
  RoomPolicy,
  RoomSetting,
  RosterRow,
  SeatNumber,
  SeatNumbers,
  TypedName,
} from './records.ts';
import { asked } from './said.ts';

/** Rows of one ROOM `roster`: the list of a class goes in several. */
export const ROSTER_ROWS_MAX = 100;
/** Characters of one piece of a pack. In UTF-8 and JSON they still fit a frame. */
export const PIECE_CHARACTERS_MAX = 10_000;
const PIECES_MAX = 256;

/** ROOM ↑ of an instructor's page. `key` is the server's, as it stands in the link that the terminal prints. */
export const FROM_INSTRUCTOR = {
  create: asked('create', { key: Hex128, name: RoomName, policy: RoomPolicy }),
  list: asked('list', { key: Hex128 }),
  /** By the key of the room, or of its helpers; or by the server's. */
  open: asked('open', { room: RoomId, key: Hex128 }),
  policy: asked('policy', { policy: RoomPolicy }),
  now: asked('now', { now: RoomSetting }),
  /** The pack of the lessons; a pack of one's own follows in pieces. Absent: those of the server. */
  pack: asked('pack', { pack: Type.Optional(PackRef) }),
  give: asked('give', {
    piece: Type.Integer({ minimum: 0, maximum: PIECES_MAX - 1 }),
    text: Type.String({ maxLength: PIECE_CHARACTERS_MAX }),
  }),
  notice: asked('notice', { to: Type.Union([Type.Literal('all'), SeatNumbers]), notice: Notice }),
  /** The tiles on screen; absent: all. */
  view: asked('view', { seats: Type.Optional(SeatNumbers) }),
  watch: asked('watch', { seat: Type.Optional(SeatNumber) }),
  /** Shows a seat's page to all, or one's own; absent: no page any more. */
  spotlight: asked('spotlight', { source: Type.Optional(Type.Union([Type.Literal('mine'), SeatNumber])) }),
  /** Resets every socket of the seat: CLOSED_BY_INSTRUCTOR. */
  close: asked('close', { seats: SeatNumbers }),
  remove: asked('remove', { seats: SeatNumbers }),
  admit: asked('admit', { seats: SeatNumbers, yes: Type.Boolean() }),
  rename: asked('rename', { seat: SeatNumber, name: TypedName }),
  /** Two seats of one person: `into` gets the progress of `from`, and who is at `from` is at `into`. */
  merge: asked('merge', { from: SeatNumber, into: SeatNumber }),
  /** A code that brings another device to this seat, once. */
  handover: asked('handover', { seat: SeatNumber }),
  /** Not stuck: says so for this step. */
  quiet: asked('quiet', { seat: SeatNumber }),
  /** `first` 0 begins the list anew, else the rows are added: `first` is how many there are. */
  roster: asked('roster', { first: U32, rows: Type.Array(RosterRow, { maxItems: ROSTER_ROWS_MAX }) }),
  help: asked('help', { request: U32, do: Type.Enum(['take', 'done']) }),
  /** Another code for the room: the old one is dead, seats stay. */
  code: asked('code', {}),
  /** A key for helpers; one given before is dead. */
  helper: asked('helper', {}),
  /** What a seat has done. */
  steps: asked('steps', { seat: SeatNumber }),
  /** What all have done, in parts: of seats after this one. */
  export: asked('export', { after: Type.Integer({ minimum: 0, maximum: 9_999 }) }),
  delete: asked('delete', {}),
};

/** ROOM ↑ of whoever looks at a mirror: it has missed a part. */
export const FROM_WATCHER = { again: asked('again', { mirror: U32 }) };
