import type { ByteCount } from '../../../../protocol/units.ts';
import type { Direction, End, TraceEvent } from '../../../../trace/event.ts';

type Log = { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };
export type Range = { readonly offset: ByteCount; readonly count: ByteCount };
/** What was sent, and what came back for it. */
export type EchoPair = { readonly sent: Range; readonly received: Range };

/** Events: a server that only reads has no answer, however far one looks. */
const LOOKED_THROUGH = 2_000;
/** One call of the page's may hold many answers: more than these are not for reading. */
const PAIRS_MOST = 8;

/**
 * The questions and answers that an event's bytes are of, in their order. Where the server is seen, its reads make a
 * question and its sends up to the next read the answer, however either was cut or joined on its way; where it is not, the
 * page's own sends and reads do.
 */
export function echoPairs(log: Log, index: number): EchoPair[] {
  const event = log.at(index);
  if (event?.direction === undefined || event.count === 0) return [];
  const seen = event.end === 'peer' ? [index] : peerCalls(log, index, event);
  const pairs: EchoPair[] = [];
  let last = -1;
  for (const anchor of seen.length > 0 ? seen : [index]) {
    if (anchor <= last || pairs.length === PAIRS_MOST) continue;
    const exchange = exchangeAround(log, anchor);
    if (exchange) pairs.push(exchange.pair);
    last = exchange?.last ?? anchor;
  }
  return pairs;
}

/** The other end's calls on bytes of a call of ours, oldest first. The two ends' events may be told in either order. */
function peerCalls(log: Log, index: number, { direction, offset, count }: TraceEvent): number[] {
  const found: number[] = [];
  for (const by of [-1, 1] as const) {
    for (
      let at = next(log, index, by, 'peer', direction);
      at !== undefined;
      at = next(log, at, by, 'peer', direction)
    ) {
      const call = log.at(at) as TraceEvent;
      if (Math.abs(at - index) > LOOKED_THROUGH) break;
      if (by < 0 ? call.offset + call.count <= offset : call.offset >= offset + count) break;
      if (call.offset < offset + count && offset < call.offset + call.count) found.push(at);
    }
  }
  return found.sort((a, b) => a - b);
}

/** Back to the first read of the question, then on to the last send of its answer. */
function exchangeAround(log: Log, anchor: number): { readonly pair: EchoPair; readonly last: number } | undefined {
  const { end, direction } = log.at(anchor) as TraceEvent;
  let first = anchor;
  let hasQuestion = direction === 'sent';
  for (let at = next(log, anchor, -1, end); at !== undefined; at = next(log, at, -1, end)) {
    if (anchor - at > LOOKED_THROUGH) break;
    const isQuestion = log.at(at)?.direction === 'sent';
    if (hasQuestion && !isQuestion) break;
    hasQuestion = isQuestion;
    first = at;
  }
  if (!hasQuestion) return undefined;
  const sent = log.at(first) as TraceEvent;
  let sentTo = sent.offset + sent.count;
  let received: TraceEvent | undefined;
  let last = first;
  for (let at = next(log, first, 1, end); at !== undefined; at = next(log, at, 1, end)) {
    if (at - anchor > LOOKED_THROUGH) break;
    const call = log.at(at) as TraceEvent;
    if (call.direction === 'sent') {
      if (received) break;
      sentTo = call.offset + call.count;
    } else received ??= call;
    last = at;
  }
  if (!received) return undefined;
  const { offset, count } = log.at(last) as TraceEvent;
  return {
    pair: {
      sent: { offset: sent.offset, count: sentTo - sent.offset },
      received: { offset: received.offset, count: offset + count - received.offset },
    },
    last,
  };
}

/** The next call of this end that moved bytes. */
function next(log: Log, from: number, by: 1 | -1, end: End, direction?: Direction): number | undefined {
  for (let step = 1; step <= LOOKED_THROUGH; step += 1) {
    const event = log.at(from + by * step);
    if (event === undefined) return undefined;
    const isWanted = event.direction !== undefined && (direction ?? event.direction) === event.direction;
    if (event.end === end && event.count > 0 && isWanted) return from + by * step;
  }
  return undefined;
}
