import type { Static } from 'typebox';
import * as Type from 'typebox';
import { Check, Errors } from 'typebox/schema';
import { PlaygroundError } from '../../protocol/errors.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { parseBase64 } from '../bytes/base64.ts';
import { HEAD_FIELDS, SocketId } from '../socket/head-fields.ts';
import { FORMAT, headOf } from './encode-recording.ts';
import { parseTraceEvent } from './event-json.ts';
import { RECORDING_VERSION, type RecordedSocket, type Recording, readerOf } from './recording.ts';

const closed = { additionalProperties: false } as const;
const SavedSocket = Type.Object(
  {
    id: SocketId,
    ...HEAD_FIELDS,
    /** Base64. */
    sent: Type.String(),
    received: Type.String(),
    // Checked one by one in event-json.ts: without `eval`, which the page forbids, a schema costs 17 µs an event.
    events: Type.Unknown(),
  },
  closed,
);
type SavedSocket = Static<typeof SavedSocket>;

const SavedRecording = Type.Object(
  {
    format: Type.Literal(FORMAT),
    version: Type.Literal(RECORDING_VERSION),
    /** ms since 1970; in µs it still fits a double. */
    epoch: Type.Number({ minimum: 0, maximum: 9_000_000_000_000 }),
    sockets: Type.Array(SavedSocket, { maxItems: 65_536 }),
  },
  closed,
);

/** Anyone may have written the text. @throws {PlaygroundError} MESSAGE_INVALID: what is wrong with it, and where. */
export function parseRecording(text: string): Recording {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PlaygroundError('MESSAGE_INVALID', 'the file is not JSON', { cause });
  }
  checkFormat(value);
  if (!Check(SavedRecording, value)) throw new PlaygroundError('MESSAGE_INVALID', explain(value));
  const sockets = value.sockets.map(parseSocket);
  const ids = new Set(sockets.map(({ id }) => id));
  if (ids.size < sockets.length) throw new PlaygroundError('MESSAGE_INVALID', 'two sockets have the same id');
  return { version: value.version, epoch: value.epoch, sockets };
}

/** First of all what it is, so that a wrong or a newer file is not told that a field of it is missing. */
function checkFormat(value: unknown): void {
  const { format, version } = Object(value) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw new PlaygroundError('MESSAGE_INVALID', 'the file is no recording of Socket Playground');
  if (typeof version === 'number' && version !== RECORDING_VERSION) {
    const text = `the recording has version ${version}, this program reads version ${RECORDING_VERSION}`;
    throw new PlaygroundError('MESSAGE_INVALID', text);
  }
}

/** The deepest complaint is the one about the value itself. */
function explain(value: unknown): string {
  const [, errors] = Errors(SavedRecording, value);
  const deepest = errors
    .filter(({ keyword }) => keyword !== 'boolean')
    .sort((a, b) => depth(b.instancePath) - depth(a.instancePath))[0];
  return `${deepest?.instancePath.slice(1) || 'the recording'}: ${deepest?.message ?? 'invalid'}`;
}
function depth(path: string): number {
  return path.split('/').length;
}

function parseSocket(saved: SavedSocket, index: number): RecordedSocket {
  const where = `sockets/${index}`;
  const sent = readerOf(parseBytes(saved.sent, `${where}/sent`));
  const received = readerOf(parseBytes(saved.received, `${where}/received`));
  const limit: Record<'sent' | 'received', ByteCount> = { sent: sent.length, received: received.length };
  if (!Array.isArray(saved.events)) throw new PlaygroundError('MESSAGE_INVALID', `${where}/events: must be an array`);
  const events = saved.events.map((value, position) => parseTraceEvent(value, limit, `${where}/events/${position}`));
  for (const [position, { at }] of (saved.clock ?? []).entries()) {
    const isLater = at >= (saved.clock?.[position - 1]?.at ?? 0);
    const reason = `${where}/clock/${position}: is earlier than the one before`;
    if (!isLater) throw new PlaygroundError('MESSAGE_INVALID', reason);
  }
  return { ...headOf(saved), sent, received, events };
}

function parseBytes(text: string, where: string): Uint8Array {
  try {
    return parseBase64(text);
  } catch (cause) {
    throw new PlaygroundError('MESSAGE_INVALID', `${where}: ${PlaygroundError.from(cause).message}`, { cause });
  }
}
