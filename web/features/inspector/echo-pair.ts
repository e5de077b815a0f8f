import type { TraceEvent } from '../../../protocol/trace.ts';
import type { ByteCount } from '../../../protocol/units.ts';

type Log = { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };
export type Range = { readonly offset: ByteCount; readonly count: ByteCount };
/** What was sent, and what came back for it. */
export type EchoPair = { readonly sent: Range; readonly received: Range };

const LOOKED_THROUGH = 2_000;

/**
 * The bytes that an event's answer answers. Where the server is seen: its send, and the read before it. Where it is not:
 * the page's own receive, and its last send before that. Of an event that sent, the answer is the first that follows.
 */
export function echoPair(log: Log, index: number): EchoPair | undefined {
  const event = log.at(index);
  if (event?.direction === 'received' && event.count > 0) return pairOfReceived(log, index, event);
  if (event?.direction !== 'sent' || event.count === 0) return undefined;
  const answer = search(
    log,
    index,
    1,
    (other) => other.end === 'local' && other.direction === 'received' && other.count > 0,
  );
  return answer === undefined ? undefined : pairOfReceived(log, answer, log.at(answer) as TraceEvent);
}

function pairOfReceived(log: Log, index: number, event: TraceEvent): EchoPair | undefined {
  const isAnswer = ({ end, direction, offset, count }: TraceEvent): boolean =>
    end === 'peer' && direction === 'received' && offset <= event.offset && event.offset < offset + count;
  // The two ends' events may be told in either order.
  const seen = isAnswer(event) ? index : (search(log, index, -1, isAnswer) ?? search(log, index, 1, isAnswer));
  const answer = seen === undefined ? event : (log.at(seen) as TraceEvent);
  const question = search(
    log,
    seen ?? index,
    -1,
    (other) => other.end === answer.end && other.direction === 'sent' && other.count > 0,
  );
  return question === undefined ? undefined : { sent: log.at(question) as TraceEvent, received: answer };
}

function search(log: Log, from: number, by: 1 | -1, isWanted: (event: TraceEvent) => boolean): number | undefined {
  for (let step = 1; step <= LOOKED_THROUGH; step += 1) {
    const event = log.at(from + by * step);
    if (event === undefined) return undefined;
    if (isWanted(event)) return from + by * step;
  }
  return undefined;
}
