import type { Static } from 'typebox';
import * as Type from 'typebox';
import { PlaygroundError } from '../../protocol/errors.ts';
import { closedObject } from '../../protocol/schema/closed-object.ts';
import { fits } from '../../protocol/schema/fits.ts';
import { Count, HEAD_FIELDS, SocketId } from '../socket/head-fields.ts';
import type { RecordedHead } from '../socket-trace.ts';

const FORMAT = 'socket-playground-mirror';
const VERSION = 1;
/** As a page may show: more would be a weapon, and no class. */
const SOCKETS_MAX = 512;
const PROGRAMS_MAX = 16;
/** Of a terminal: the last so many are shown. */
const TERMINAL_LINES_MAX = 200;

/** A socket's two ends and what is known of it; the whole again where any of it has changed. `ordinal`: `client 2` of that page. */
const Head = closedObject({ ordinal: Count, ...HEAD_FIELDS });

const MirrorSocket = closedObject({
  id: SocketId,
  head: Type.Optional(Head),
  /** Base64, of the bytes that follow those of before. */
  sent: Type.Optional(Type.String()),
  received: Type.Optional(Type.String()),
  // Checked one by one in event-json.ts: without `eval`, which the page forbids, a schema costs 17 µs an event.
  events: Type.Optional(Type.Array(Type.Unknown())),
});

/** One program: its text, and the last lines of its terminal. Whole wherever any of it has changed. */
const MirrorProgram = closedObject({
  file: Type.String({ minLength: 1, maxLength: 64 }),
  text: Type.String({ maxLength: 65_536 }),
  isRunning: Type.Boolean(),
  lines: Type.Array(Type.String({ maxLength: 4_096 }), { maxItems: TERMINAL_LINES_MAX }),
});
export type MirrorProgram = Static<typeof MirrorProgram>;

/** A snapshot, or what has changed since. Times are µs since 1970. */
const MirrorMessage = closedObject({
  format: Type.Literal(FORMAT),
  version: Type.Literal(VERSION),
  sockets: Type.Array(MirrorSocket, { maxItems: SOCKETS_MAX }),
  /** Sockets that are no longer in the page's list. */
  gone: Type.Optional(Type.Array(SocketId, { maxItems: SOCKETS_MAX })),
  programs: Type.Optional(Type.Array(MirrorProgram, { maxItems: PROGRAMS_MAX })),
});
export type MirrorHead = RecordedHead & Pick<Static<typeof Head>, 'ordinal'>;
export type MirrorMessage = Static<typeof MirrorMessage>;

export function encodeMirrorMessage(message: Omit<MirrorMessage, 'format' | 'version'>): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, ...message });
}

/** Anyone may have written it. @throws {PlaygroundError} MESSAGE_INVALID */
export function parseMirrorMessage(text: string): MirrorMessage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PlaygroundError('MESSAGE_INVALID', 'the mirror is not JSON', { cause });
  }
  if (!fits(MirrorMessage, value)) throw new PlaygroundError('MESSAGE_INVALID', 'the mirror cannot be read');
  return value as MirrorMessage;
}
