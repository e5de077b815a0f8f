import type { Origin } from '../../../lesson/facts.ts';
import type { Evidence } from '../../../lesson/judge/goal.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { callText, formatCall, REPR_BYTES } from '../../../trace/text/call-text.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import type { PageFacts } from '../../store/lessons/page-facts.ts';

/** Hours to milliseconds: what a glance takes in. */
const TIME_LENGTH = '12:03:04.512'.length;

/** The call by which a step was met, and the row of it. */
export type EvidenceCall = {
  readonly text: string;
  readonly time: string;
  readonly trace: SocketTrace;
  readonly from: Origin;
  /** Counted from the socket's first call, dropped ones included. */
  readonly index: number;
};

/** Of all that a step was met by the call that completed it, if there is one and its log still has it. */
export function evidenceCall(facts: PageFacts, evidence: readonly Evidence[]): EvidenceCall | undefined {
  const calls = evidence.flatMap((each) => {
    if (each.kind !== 'call') return [];
    const found = facts.traceOf(each.socket);
    const event = found?.trace.log.at(each.index - found.trace.log.dropped);
    return found && event ? [{ ...found, event, index: each.index }] : [];
  });
  const [latest] = calls.toSorted((one, other) => other.event.at - one.event.at);
  if (!latest) return undefined;
  const { trace, from, event, index } = latest;
  const bytes = event.direction && trace[event.direction].slice(event.offset, REPR_BYTES);
  return {
    text: formatCall(callText(event, bytes)),
    time: clockTime(trace.wallClock(event.at)),
    trace,
    from,
    index,
  };
}

/** `12:03:04.512` of ms since 1970. */
export function clockTime(time: number): string {
  return formatClockTime(time).slice(0, TIME_LENGTH);
}
