import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import type { ClockStep } from '../clock-steps.ts';
import type { TraceEvent } from '../event.ts';

/** Raised when what a recording holds changes its meaning. */
export const RECORDING_VERSION = 1;

/** Of a name that a person gave a socket, in UTF-16 units. */
export const NAME_LENGTH_MAX = 40;

export const RECORDED_KINDS = ['tcp', 'unix', 'udp', 'listen', 'accepted'] as const;
export type RecordedKind = (typeof RECORDED_KINDS)[number];

/** The bytes of one direction, by offset. `slice` returns at most `count` of them; its caller must not change them. */
export type ByteReader = {
  readonly length: ByteCount;
  slice(offset: ByteCount, count: ByteCount): Uint8Array;
};

/** One socket as it was seen: its calls, the calls of the program at its other end, and every byte. */
export type RecordedSocket = {
  readonly id: number;
  readonly kind: RecordedKind;
  readonly local?: Endpoint;
  readonly remote?: Endpoint;
  /** The name of the lab server at the other end. */
  readonly lab?: string;
  /** What a person called it. */
  readonly name?: string;
  /** How many events there were before the first of these, and are no longer kept. Their bytes are. */
  readonly droppedEvents?: number;
  /** How many datagrams the gateway dropped on their way here: the page had not taken those before in time, or they were too long. */
  readonly droppedDatagrams?: number;
  /** Of these: longer than the gateway carries. */
  readonly tooLongDatagrams?: number;
  /** Where the wall clock was set during its life, or the machine slept; by their time. */
  readonly clock?: readonly ClockStep[];
  /** In the order in which they became known: the two ends may be out of the order of `at` by a little. */
  readonly events: readonly TraceEvent[];
  readonly sent: ByteReader;
  readonly received: ByteReader;
};

/** What is saved, exported, read back and replayed. */
export type Recording = {
  readonly version: typeof RECORDING_VERSION;
  /** Wall clock (ms since 1970) at the zero of the line of time that every `at` is on, but for the sockets' `clock`. */
  readonly epoch: Milliseconds;
  readonly sockets: readonly RecordedSocket[];
};

/** A reader over bytes that stand in one array. */
export function readerOf(bytes: Uint8Array): ByteReader {
  return { length: bytes.length, slice: (offset, count) => bytes.subarray(offset, offset + count) };
}
