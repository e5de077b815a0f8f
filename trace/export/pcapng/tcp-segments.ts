import type { ByteCount, Microseconds } from '../../../protocol/units.ts';
import type { End } from '../../event.ts';
import type { RecordedSocket } from '../recording.ts';
import { TcpFlag } from './packet.ts';
import { type Happening, type TcpFlow, tcpFlow } from './tcp-flow.ts';

/** One TCP segment to write; `offset` and `count` say which of the sender's stream bytes it carries. */
export type Segment = {
  readonly at: Microseconds;
  readonly from: End;
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly maxSegment?: ByteCount;
  readonly offset: ByteCount;
  readonly count: ByteCount;
  /** Said of what was not measured. */
  readonly comment: string | undefined;
};

const { FIN, SYN, RST, PSH, ACK } = TcpFlag;

/**
 * The segments that TCP would have exchanged for what the trace tells, without loss: each is acknowledged as it comes.
 * Segments longer than `limit` are cut. Nothing below a system call can be seen, so all but the bytes is inferred.
 */
export function tcpSegments(socket: RecordedSocket, limit: ByteCount): Segment[] {
  const flow = tcpFlow(socket);
  if (flow.outcome === 'nothing') return [];
  const writer = new SegmentWriter(socket.id, limit, flow.calledAt);
  writer.open(flow);
  if (flow.outcome !== 'established') return writer.segments;
  for (const happening of flow.happenings) {
    if (happening.kind === 'data') writer.data(happening);
    else writer.fin(happening);
  }
  if (flow.reset) writer.reset(flow.reset.from, flow.reset.at);
  return writer.segments;
}

/** Owns both ends' sequence numbers. */
class SegmentWriter {
  readonly segments: Segment[] = [];
  readonly #limit: ByteCount;
  readonly #next: Record<End, number>;
  #now: Microseconds;

  constructor(id: number, limit: ByteCount, startedAt: Microseconds) {
    this.#limit = limit;
    this.#now = startedAt;
    // Different for each socket, so that a reader tells a port's second use from a retransmission.
    const initial = (id * 1_000_003) >>> 0;
    this.#next = { local: initial, peer: (initial + 0x8000_0000) >>> 0 };
  }

  /** RFC 9293 §3.5: the three-way handshake, or the RST that refuses it. */
  open({ opener, outcome, openedAt }: TcpFlow): void {
    const answerer = other(opener);
    const maxSegment = this.#limit;
    this.#push(opener, SYN, 1, { maxSegment, comment: 'SYN of connect()' });
    this.#advance(openedAt);
    if (outcome === 'refused') {
      this.#next[answerer] = 0;
      this.#push(answerer, RST | ACK, 0, { comment: 'RST: connect() failed with ECONNREFUSED' });
    }
    if (outcome !== 'established') return;
    this.#push(answerer, SYN | ACK, 1, { maxSegment, comment: 'SYN, ACK' });
    this.#push(opener, ACK, 0, { comment: 'ACK' });
  }

  data({ from, at, offset, count, inference }: Happening): void {
    this.#advance(at);
    for (let done = 0; done < count; done += this.#limit) {
      const size = Math.min(this.#limit, count - done);
      const isLast = done + size === count;
      const cut = size === count ? undefined : `where a send of ${count} bytes was cut into segments`;
      this.#push(from, isLast ? PSH | ACK : ACK, size, {
        offset: offset + done,
        count: size,
        comment: inference ?? cut,
      });
      this.#push(other(from), ACK, 0, { comment: 'ACK' });
    }
  }

  fin({ from, at, inference }: Happening): void {
    this.#advance(at);
    this.#push(from, FIN | ACK, 1, { comment: inference });
    this.#push(other(from), ACK, 0, { comment: 'ACK' });
  }

  reset(from: End, at: Microseconds): void {
    this.#advance(at);
    this.#push(from, RST | ACK, 0, { comment: 'RST' });
  }

  #advance(at: Microseconds): void {
    this.#now = Math.max(this.#now, at);
  }

  #push(from: End, flags: number, length: number, rest: Partial<Segment>): void {
    const { comment } = rest;
    this.segments.push({
      offset: 0,
      count: 0,
      ...rest,
      at: this.#now,
      from,
      flags,
      seq: this.#next[from],
      // A first SYN has nothing to acknowledge (RFC 9293 §3.1).
      ack: flags & ACK ? this.#next[other(from)] : 0,
      comment: comment === undefined ? undefined : `inferred: ${comment}`,
    });
    this.#next[from] = (this.#next[from] + length) >>> 0;
  }
}

function other(end: End): End {
  return end === 'local' ? 'peer' : 'local';
}
