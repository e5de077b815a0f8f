import { PlaygroundError } from '../../protocol/errors.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { parseBase64 } from '../bytes/base64.ts';
import type { Direction, TraceEvent } from '../event.ts';
import { parseTraceEvent } from '../export/event-json.ts';
import { type MirrorHead, type MirrorMessage, type MirrorProgram, parseMirrorMessage } from './mirror-message.ts';

/** More than a page within its bounds has, so that the page that watches cannot run out of memory. */
const BYTES_MAX: ByteCount = 64 * 1_048_576;
const EVENTS_MAX = 1_000_000;

/** What is shown of a mirror. Times are µs since 1970; sockets have the ids that they have in the page that is looked at. */
export type MirrorTarget = {
  /** A snapshot: whatever was shown is no more. */
  readonly begin: () => void;
  /** A new socket, or its ends are known now. */
  readonly setHead: (head: MirrorHead) => void;
  readonly addBytes: (id: number, direction: Direction, bytes: Uint8Array) => void;
  readonly addEvents: (id: number, events: readonly TraceEvent[]) => void;
  readonly remove: (id: number) => void;
  readonly setPrograms: (programs: readonly MirrorProgram[]) => void;
};

type Lengths = Record<Direction, ByteCount>;
type Parsed = {
  readonly id: number;
  readonly head: MirrorHead | undefined;
  readonly bytes: readonly (readonly [Direction, Uint8Array])[];
  readonly events: readonly TraceEvent[];
};

/** Reads a mirror, of which nothing is believed: what cannot be read changes nothing of what is shown. */
export class MirrorView {
  readonly #target: MirrorTarget;
  #lengths = new Map<number, Lengths>();
  #programs = new Map<string, MirrorProgram>();
  #bytes = 0;
  #events = 0;

  constructor(target: MirrorTarget) {
    this.#target = target;
  }

  /** @throws {PlaygroundError} MESSAGE_INVALID: it cannot be read, or is too much; the watching is to end */
  take(kind: 'snapshot' | 'delta', text: string): void {
    const message = parseMirrorMessage(text);
    const isSnapshot = kind === 'snapshot';
    const lengths = new Map<number, Lengths>(isSnapshot ? [] : this.#lengths);
    const parsed = message.sockets.map((socket, index) => parseSocket(socket, lengths, `sockets/${index}`));
    const bytes = parsed.reduce((sum, socket) => sum + bytesOf(socket), isSnapshot ? 0 : this.#bytes);
    const events = parsed.reduce((sum, socket) => sum + socket.events.length, isSnapshot ? 0 : this.#events);
    if (bytes > BYTES_MAX || events > EVENTS_MAX)
      throw new PlaygroundError('MESSAGE_INVALID', 'the mirror is too long');
    for (const id of message.gone ?? []) lengths.delete(id);
    // All of it can be read: from here on it is shown.
    this.#lengths = lengths;
    this.#bytes = bytes;
    this.#events = events;
    if (isSnapshot) this.#begin();
    for (const socket of parsed) this.#show(socket);
    for (const id of message.gone ?? []) this.#target.remove(id);
    this.#showPrograms(message.programs);
  }

  #begin(): void {
    this.#programs = new Map();
    this.#target.begin();
  }
  #show({ id, head, bytes, events }: Parsed): void {
    if (head) this.#target.setHead(head);
    for (const [direction, part] of bytes) this.#target.addBytes(id, direction, part);
    if (events.length > 0) this.#target.addEvents(id, events);
  }
  #showPrograms(programs: MirrorMessage['programs']): void {
    if (!programs) return;
    for (const program of programs) this.#programs.set(program.file, program);
    this.#target.setPrograms([...this.#programs.values()]);
  }
}

function parseSocket(socket: MirrorMessage['sockets'][number], lengths: Map<number, Lengths>, where: string): Parsed {
  const { id, head } = socket;
  const before = lengths.get(id);
  if (!before && !head) throw new PlaygroundError('MESSAGE_INVALID', `${where}: nothing is known of socket ${id}`);
  const bytes = (['sent', 'received'] as const).flatMap((direction) => {
    const text = socket[direction];
    return text === undefined ? [] : [[direction, parseBase64(text)] as const];
  });
  const after = { sent: before?.sent ?? 0, received: before?.received ?? 0 };
  for (const [direction, part] of bytes) after[direction] += part.length;
  lengths.set(id, after);
  const events = (socket.events ?? []).map((event, at) => parseTraceEvent(event, after, `${where}/events/${at}`));
  return { id, head: head && { id, ...head }, bytes, events };
}
function bytesOf({ bytes }: Parsed): ByteCount {
  return bytes.reduce((sum, [, part]) => sum + part.length, 0);
}
