import { concatBytes } from '../../../protocol/concat-bytes.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { PeerEvent } from '../../../protocol/payloads.ts';
import type { ByteCount, Microseconds, Milliseconds } from '../../../protocol/units.ts';
import type { Direction, TraceEvent } from '../../../trace/event.ts';
import type { ProgramHead } from '../../../trace/socket/program-head.ts';
import type { SocketFailure, SocketState } from '../../../trace/socket.ts';

/** Its time is put on the server's clock when it is reported. */
export type CallMade = Omit<TraceEvent, 'at'> & { at: Microseconds };

/** A send that has not returned: what was taken of it so far stands from `offset` on. */
export type Sending = {
  readonly site: number;
  readonly given: ByteCount;
  readonly isAll: boolean;
  readonly offset: ByteCount;
  count: ByteCount;
};

/** What has become known of one socket since the last report. The bytes are those of the calls in it, up to the cap. */
export type SocketReport = {
  /** Counted through the process. */
  readonly socket: number;
  readonly head: ProgramHead;
  /** The program's calls, and those of the lab server at the other end, in the order in which they became known. */
  readonly calls: readonly (TraceEvent | PeerEvent)[];
  readonly sent: Uint8Array;
  readonly received: Uint8Array;
};

/** How many bytes of a direction are reported to the page: its views, a saved file and a replay work on these. */
export const BYTES_REPORTED: ByteCount = 262_144;

type Kept = { readonly chunks: Uint8Array[]; count: ByteCount; omitted: ByteCount };
const kept = (): Kept => ({ chunks: [], count: 0, omitted: 0 });

/** The socket, as far as a report tells how it stands. */
type LoggedSocket = {
  readonly phase: string;
  readonly isStream: boolean;
  readonly streamKind: 'tcp' | 'unix';
  readonly state: SocketState;
  readonly local: Endpoint | undefined;
  readonly remote: Endpoint | undefined;
  readonly proxy: Endpoint | undefined;
  readonly onward: Endpoint | undefined;
  readonly outside: Endpoint | undefined;
  readonly isOver: boolean;
  readonly waiting: number;
  readonly backlog: number;
};

/** What one socket of the process went through, gathered until the next report takes it. */
export class SocketLog {
  readonly id: number;
  readonly isAccepted: boolean;
  /** The socket that stands for it now: a failed one is renewed. */
  entry: LoggedSocket;
  lab: string | undefined;
  failure: SocketFailure | undefined;
  isClosed = false;
  sending: Sending | undefined;
  /** Bytes that the program has moved. */
  readonly offsets = { sent: 0, received: 0 };
  #calls: (CallMade | PeerEvent)[] = [];
  readonly #begun = new Map<number, Milliseconds>();
  readonly #bytes = { sent: kept(), received: kept() };

  constructor(id: number, entry: LoggedSocket, isAccepted: boolean) {
    this.id = id;
    this.entry = entry;
    this.isAccepted = isAccepted;
  }

  add(call: CallMade | PeerEvent): void {
    this.#calls.push(call);
  }
  /** Bytes that a call moved. They may be kept: nobody changes them. */
  move(direction: Direction, bytes: Uint8Array): void {
    this.offsets[direction] += bytes.length;
    const own = this.#bytes[direction];
    const room = Math.min(bytes.length, own.omitted > 0 ? 0 : BYTES_REPORTED - own.count);
    if (room > 0) own.chunks.push(room < bytes.length ? bytes.subarray(0, room) : bytes);
    own.count += room;
    own.omitted += bytes.length - room;
  }
  /** A call cannot go on: the time at which it was made counts, however often it tries. */
  waits(site: number, now: Milliseconds): void {
    if (!this.#begun.has(site)) this.#begun.set(site, now);
  }
  /** When the call was made that now returns; undefined: it did not wait. */
  ended(site: number): Milliseconds | undefined {
    const begun = this.#begun.get(site);
    if (begun !== undefined) this.#begun.delete(site);
    return begun;
  }
  take(): SocketReport {
    const calls = this.#calls;
    this.#calls = [];
    return {
      socket: this.id,
      head: this.#head(),
      calls,
      sent: joined(this.#bytes.sent.chunks),
      received: joined(this.#bytes.received.chunks),
    };
  }

  #head(): ProgramHead {
    const { entry, lab, failure } = this;
    const { sent, received } = this.#bytes;
    const { local, remote, proxy, onward, outside } = entry;
    const isListener = entry.phase === 'listening';
    return {
      kind: isListener ? 'listen' : this.isAccepted ? 'accepted' : entry.isStream ? entry.streamKind : 'udp',
      state: this.isClosed && entry.isStream ? 'CLOSED' : entry.state,
      ...(local && { local }),
      ...(remote && { remote }),
      ...(proxy && { proxy }),
      ...(onward && { onward }),
      ...(outside && { outside }),
      ...(lab !== undefined && { lab }),
      ...(failure && { failure }),
      isOver: this.isClosed || entry.isOver,
      ...(isListener && { pending: { waiting: entry.waiting, max: entry.backlog } }),
      omitted: { sent: sent.omitted, received: received.omitted },
    };
  }
}

/** All of the chunks, which are then no more. */
function joined(chunks: Uint8Array[]): Uint8Array {
  return concatBytes(chunks.splice(0));
}
