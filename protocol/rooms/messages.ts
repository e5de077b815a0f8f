import type { Static, TSchema } from 'typebox';
import { PlaygroundError } from '../errors.ts';
import { encodeMessage } from '../messages/codec.ts';
import { U32 } from '../messages/fields.ts';
import { fits } from '../schema/fits.ts';
import { decodeUtf8 } from '../utf8.ts';
import { FROM_INSTRUCTOR, FROM_WATCHER } from './from-instructor.ts';
import { FROM_LEARNER } from './from-learner.ts';
import { ANSWERS, TOLD } from './to-page.ts';

/** ROOM ↑, by what it says. */
export const ROOM_UP = { ...FROM_LEARNER, ...FROM_INSTRUCTOR, ...FROM_WATCHER };
/** ROOM ↓, by what it says. Nothing that is told has the name of an answer, but what both directions share. */
export const ROOM_TOLD = TOLD;
const ROOM_DOWN = { ...ANSWERS, ...TOLD };

type OneOf<Schemas> = {
  [Say in keyof Schemas]: Schemas[Say] extends TSchema ? Static<Schemas[Say]> : never;
}[keyof Schemas];

export type RoomSay = keyof typeof ROOM_UP;
export type RoomUp = OneOf<typeof ROOM_UP>;
/** One of them, by its name. */
export type RoomAsk<Say extends RoomSay> = Static<(typeof ROOM_UP)[Say]>;
export type RoomAnswer = OneOf<typeof ANSWERS>;
export type RoomTold = OneOf<typeof TOLD>;
export type RoomDown = RoomAnswer | RoomTold;

/** ROOM ↑ before it is held against its schema, which costs more than all else: what comes too fast is refused without. */
export type UncheckedRoomUp = { readonly say: unknown; readonly id: number | undefined; readonly value: unknown };
/** @throws {PlaygroundError} MESSAGE_INVALID: it is no JSON */
export function parseRoomUp(payload: Uint8Array): UncheckedRoomUp {
  const value = parse(payload);
  const { say, id } = (value ?? {}) as { say?: unknown; id?: unknown };
  return { say, id: fits(U32, id) ? (id as number) : undefined, value };
}
/** @throws {PlaygroundError} MESSAGE_INVALID */
export function checkRoomUp({ value }: UncheckedRoomUp): RoomUp {
  return check(ROOM_UP, value) as RoomUp;
}
/** Reads ROOM ↓. @throws {PlaygroundError} MESSAGE_INVALID */
export function decodeRoomDown(payload: Uint8Array): RoomDown {
  return check(ROOM_DOWN, parse(payload)) as RoomDown;
}
export function encodeRoom(message: RoomUp | RoomDown): Uint8Array<ArrayBuffer> {
  return encodeMessage(message);
}

/** By its name first: to try forty schemas one after another costs much. */
function check(schemas: Readonly<Record<string, TSchema>>, value: unknown): unknown {
  const say = (value as { say?: unknown } | null)?.say;
  const schema = typeof say === 'string' && Object.hasOwn(schemas, say) ? schemas[say] : undefined;
  if (schema && fits(schema, value)) return value;
  throw new PlaygroundError('MESSAGE_INVALID', `ROOM ${String(say).slice(0, 32)}`);
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(payload));
  } catch (cause) {
    throw new PlaygroundError('MESSAGE_INVALID', 'ROOM is no JSON', { cause });
  }
}
