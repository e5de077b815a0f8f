import type { Microseconds } from '../../../protocol/units.ts';
import type { TraceEvent } from '../../../trace/event.ts';

type Log = { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };

/** So many events are looked through, so that a long log costs no more than a short one. */
const LOOKED_THROUGH = 10_000;

/** What to show: the event that was chosen, or the newest that moved bytes on the page's own socket. */
export function inspectedIndex(log: Log, selected: number | undefined): number | undefined {
  return (
    selected ??
    lastIndex(log, log.length(), ({ end, count, direction }) => end === 'local' && count > 0 && direction !== undefined)
  );
}

/** How long before this event the page's own socket last sent. */
export function sinceSend(log: Log, index: number): Microseconds | undefined {
  const event = log.at(index) as TraceEvent;
  const sent = lastIndex(
    log,
    index,
    ({ end, call, at }) => end === 'local' && call.startsWith('send') && at <= event.at,
  );
  return sent === undefined ? undefined : event.at - (log.at(sent) as TraceEvent).at;
}

/** The last event before `end` that `isWanted`. */
function lastIndex(log: Log, end: number, isWanted: (event: TraceEvent) => boolean): number | undefined {
  for (let index = end - 1; index >= Math.max(0, end - LOOKED_THROUGH); index -= 1) {
    if (isWanted(log.at(index) as TraceEvent)) return index;
  }
  return undefined;
}
