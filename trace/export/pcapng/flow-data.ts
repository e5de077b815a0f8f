import type { ByteCount, Microseconds } from '../../../protocol/units.ts';
import type { End, TraceEvent } from '../../event.ts';
import type { RecordedSocket } from '../recording.ts';

/** A run of stream bytes that left one end together, and when it was on its way. */
export type FlowData = {
  readonly at: Microseconds;
  readonly offset: ByteCount;
  readonly count: ByteCount;
  readonly inference?: string;
};

const CUT_BY_READ = 'data: its borders are those of recv(), the send() was not seen';
const CUT_BY_GAP = 'data: the calls that moved these bytes are not in the trace';

/**
 * The stream bytes that `end` sent, in order and without a gap, cut where its own sends ended. Where those are not in
 * the trace (a program that is no lab server), the other end's reads give the borders. A send's bytes were on the wire
 * no later than its return, nor than the first read of any of them, whichever clock reading is the earlier.
 */
export function dataOf(socket: RecordedSocket, end: End): FlowData[] {
  const direction = end === 'local' ? 'sent' : 'received';
  const limit = socket[direction].length;
  const moved = socket.events.filter((event) => isTransfer(event) && event.direction === direction);
  const sends = moved.filter((event) => event.end === end).sort(byOffset);
  const reads = moved.filter((event) => event.end !== end).sort(byOffset);
  const filler = new GapFiller(reads, limit);
  const data: FlowData[] = [];
  let position = 0;
  for (const send of sends) {
    const until = Math.min(limit, send.offset + send.count);
    if (until <= position) continue;
    filler.fill(position, send.offset, send.at, data);
    const offset = Math.max(position, send.offset);
    const readAt = filler.firstReadOf(offset, until);
    data.push({ at: Math.min(send.at, readAt ?? send.at), offset, count: until - offset });
    position = until;
  }
  const last = reads.at(-1);
  if (last) filler.fill(position, Math.min(limit, last.offset + last.count), last.at, data);
  return data;
}

function isTransfer({ call, count, error }: TraceEvent): boolean {
  return (
    error === undefined && count > 0 && (call === 'send' || call === 'recv' || call === 'sendto' || call === 'recvfrom')
  );
}
function byOffset(a: TraceEvent, b: TraceEvent): number {
  return a.offset - b.offset;
}

/** Walks the reads of one direction once, forwards: every question lies past the one before. */
class GapFiller {
  readonly #reads: readonly TraceEvent[];
  readonly #limit: ByteCount;
  #next = 0;

  constructor(reads: readonly TraceEvent[], limit: ByteCount) {
    this.#reads = reads;
    this.#limit = limit;
  }

  /** When a byte of `from` up to `until` was first read. */
  firstReadOf(from: ByteCount, until: ByteCount): Microseconds | undefined {
    const read = this.#seek(from);
    return read && read.offset < until ? read.at : undefined;
  }

  /**
   * Adds the bytes of a gap to `pieces`, cut where reads ended; what nobody is known to have read goes with the call
   * after it. One by one: a gap may be of more reads than a call takes arguments.
   */
  fill(from: ByteCount, end: ByteCount, before: Microseconds, pieces: FlowData[]): void {
    const until = Math.min(end, this.#limit);
    let offset = from;
    while (offset < until) {
      const read = this.#seek(offset);
      const isRead = read !== undefined && read.offset <= offset;
      const stop = Math.min(until, isRead ? read.offset + read.count : (read?.offset ?? until));
      pieces.push({
        at: isRead ? read.at : Math.min(before, read?.at ?? before),
        offset,
        count: stop - offset,
        inference: isRead ? CUT_BY_READ : CUT_BY_GAP,
      });
      offset = stop;
    }
  }

  /** The first read that ends past `offset`. */
  #seek(offset: ByteCount): TraceEvent | undefined {
    let read = this.#reads[this.#next];
    while (read && read.offset + read.count <= offset) {
      this.#next += 1;
      read = this.#reads[this.#next];
    }
    return read;
  }
}
