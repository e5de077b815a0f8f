import { concatBytes } from '../../../protocol/concat-bytes.ts';
import type { ByteCount } from '../../../protocol/units.ts';
import type { Direction, TraceEvent } from '../../../trace/event.ts';
import { type RecordedSocket, readerOf } from '../../../trace/export/recording.ts';
import type { RecordedHead } from '../../../trace/socket-trace.ts';

// A recording goes from the page to its worker, and back, in parts: to copy a million events at one go would hold the
// page for a second.

/** Some 5 ms of the page's time, at either end. */
export const EVENTS_A_PART = 2_000;
export const BYTES_A_PART: ByteCount = 1_048_576;

/** Of the socket with this index, what comes next. */
export type Part =
  | { readonly socket: number; readonly events: readonly TraceEvent[] }
  | { readonly socket: number; readonly direction: Direction; readonly bytes: Uint8Array<ArrayBuffer> };

/** A socket as it stood when its parts were begun, whatever becomes of it meanwhile: logs and streams only ever grow. */
export type Source = {
  readonly eventCount: number;
  readonly eventAt: (index: number) => TraceEvent | undefined;
} & Record<Direction, { readonly length: ByteCount; slice(offset: ByteCount, count: ByteCount): Uint8Array }>;

const DIRECTIONS = ['sent', 'received'] as const;

export function countParts(sources: readonly Source[]): number {
  const of = ({ eventCount, sent, received }: Source): number =>
    Math.ceil(eventCount / EVENTS_A_PART) +
    Math.ceil(sent.length / BYTES_A_PART) +
    Math.ceil(received.length / BYTES_A_PART);
  return sources.reduce((sum, source) => sum + of(source), 0);
}

/** The bytes of each socket, then its events; the bytes are copies, and may be given away. */
export function* partsOf(sources: readonly Source[]): Generator<Part> {
  for (const [socket, source] of sources.entries()) {
    for (const direction of DIRECTIONS) {
      const { length } = source[direction];
      for (let offset = 0; offset < length; offset += BYTES_A_PART) {
        const bytes = new Uint8Array(source[direction].slice(offset, Math.min(BYTES_A_PART, length - offset)));
        yield { socket, direction, bytes };
      }
    }
    for (let start = 0; start < source.eventCount; start += EVENTS_A_PART) {
      const count = Math.min(EVENTS_A_PART, source.eventCount - start);
      const events = Array.from({ length: count }, (_, index) => source.eventAt(start + index) as TraceEvent);
      yield { socket, events };
    }
  }
}

/** Puts sockets together again from their parts. */
export class Collector {
  readonly #sockets: { readonly head: RecordedHead; readonly events: TraceEvent[] }[];
  readonly #bytes: Record<Direction, Uint8Array[]>[];

  constructor(heads: readonly RecordedHead[]) {
    this.#sockets = heads.map((head) => ({ head, events: [] }));
    this.#bytes = heads.map(() => ({ sent: [], received: [] }));
  }
  add(part: Part): void {
    if ('bytes' in part) this.#bytes[part.socket]?.[part.direction].push(part.bytes);
    else for (const event of part.events) this.#sockets[part.socket]?.events.push(event);
  }
  take(): RecordedSocket[] {
    return this.#sockets.map(({ head, events }, index) => {
      const { sent = [], received = [] } = this.#bytes[index] ?? {};
      return { ...head, events, sent: readerOf(concatBytes(sent)), received: readerOf(concatBytes(received)) };
    });
  }
}
