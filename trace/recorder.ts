import type { SocketErrorCode } from '../protocol/errors.ts';
import type { Endpoint } from '../protocol/messages/fields.ts';
import type { ByteCount, Microseconds } from '../protocol/units.ts';
import { ByteStream } from './byte-stream.ts';
import { clipEvent } from './clip-event.ts';
import type { Direction, TraceEvent } from './event.ts';
import { type RecordedKind, type RecordedSocket, readerOf } from './export/recording.ts';

/** What one direction of a recording holds at the most. */
export const RECORDED_BYTES_MAX: ByteCount = 8_388_608;

export type RecorderOptions = {
  readonly kind: RecordedKind;
  /** Of the line of time that all sockets of one recording are on. */
  readonly now: () => Microseconds;
  /** How many bytes of each direction are kept here: who reads them from here needs all. */
  readonly kept?: ByteCount;
};
type Detail = Partial<Pick<TraceEvent, 'argument' | 'text' | 'took'>> & {
  readonly error?: SocketErrorCode | undefined;
};

/** Records one socket that a program holds itself: the calls of its own end, and the bytes of both directions. */
export class SocketRecorder {
  readonly sent = new ByteStream();
  readonly received = new ByteStream();
  readonly kind: RecordedKind;
  local: Endpoint | undefined;
  remote: Endpoint | undefined;
  readonly #now: () => Microseconds;
  readonly #kept: ByteCount;
  readonly #events: TraceEvent[] = [];
  readonly #counts: Record<Direction, ByteCount> = { sent: 0, received: 0 };

  constructor({ kind, now, kept = RECORDED_BYTES_MAX }: RecorderOptions) {
    this.kind = kind;
    this.#now = now;
    this.#kept = kept;
  }

  /** A call that moved no bytes. */
  call(call: TraceEvent['call'], detail: Detail = {}): void {
    this.#add(call, undefined, 0, 0, detail);
  }
  /** A call that moved these bytes, which are copied; none: the recv that returned the end of the stream. */
  moved(call: TraceEvent['call'], direction: Direction, bytes: Uint8Array, detail: Detail = {}): void {
    const offset = this.#counts[direction];
    const stream = this[direction];
    stream.append(bytes.subarray(0, Math.max(0, this.#kept - stream.length)));
    this.#counts[direction] = offset + bytes.length;
    this.#add(call, direction, offset, bytes.length, detail);
  }

  /** The socket as it stands now, at most RECORDED_BYTES_MAX of each direction; a last event says what is left out. */
  recorded(id: number): RecordedSocket {
    const { kind, local, remote } = this;
    const [sent, received] = [this.#firstOf(this.sent), this.#firstOf(this.received)];
    const limits: Record<Direction, ByteCount> = { sent: sent.length, received: received.length };
    const events = this.#events.map((event) => clipEvent(event, limits));
    const note = this.#note(limits);
    return {
      id,
      kind,
      ...(local && { local }),
      ...(remote && { remote }),
      events: note === undefined ? events : [...events, note],
      sent: readerOf(sent),
      received: readerOf(received),
    };
  }

  #firstOf(stream: ByteStream): Uint8Array {
    return stream.slice(0, Math.min(stream.length, RECORDED_BYTES_MAX));
  }
  #note(limits: Record<Direction, ByteCount>): TraceEvent | undefined {
    const more = (['sent', 'received'] as const)
      .filter((direction) => this.#counts[direction] > limits[direction])
      .map((direction) => `${this.#counts[direction] - limits[direction]} bytes more were ${direction}`);
    const last = this.#events.at(-1);
    if (more.length === 0 || !last) return undefined;
    return { ...BLANK, at: last.at, call: 'print', text: `not recorded: ${more.join(', ')}` };
  }
  #add(
    call: TraceEvent['call'],
    direction: Direction | undefined,
    offset: ByteCount,
    count: ByteCount,
    detail: Detail,
  ): void {
    this.#events.push({ ...BLANK, at: this.#now(), call, direction, offset, count, ...detail });
  }
}

const BLANK = {
  end: 'local',
  argument: undefined,
  direction: undefined,
  offset: 0,
  count: 0,
  text: '',
  error: undefined,
  took: undefined,
} as const;
