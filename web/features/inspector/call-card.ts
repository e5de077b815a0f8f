import type { TraceEvent } from '../../../trace/event.ts';
import type { SocketKind } from '../../../trace/socket.ts';
import { type PathStep, StatePath } from '../../../trace/state-path.ts';
import type { CardName } from '../../i18n/en/call-cards.ts';

type Log = { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };

/** Which card explains a call on a socket of this kind. A failed call has the card of the call; its error has one of its own. */
export function cardOf({ call, end, count, error, text, variant }: TraceEvent, kind: SocketKind): CardName {
  switch (call) {
    case 'connect':
      return kind === 'udp' ? 'connectUdp' : kind === 'unix' ? 'connectUnix' : 'connect';
    case 'recv':
      if (variant === 'MSG_PEEK') return 'recvPeek';
      return count === 0 && error === undefined && kind !== 'udp' ? 'recvEnd' : 'recv';
    case 'close':
      if (kind === 'udp') return 'closeUdp';
      return kind === 'listen' && end === 'local' ? 'closeListener' : 'close';
    case 'setsockopt':
      return /^(receiveSize|peerReceiveSize|trouble) /.test(text) ? 'setting' : 'setsockopt';
    default:
      return call;
  }
}

/** The log as the other end would have written it: whose calls are whose is turned around. */
function mirrored(log: Log): Log {
  return {
    length: log.length,
    at(index) {
      const event = log.at(index);
      return event && { ...event, end: event.end === 'local' ? 'peer' : 'local' };
    },
  };
}

/** Grown with their logs: a long log is not walked again for each call that is looked at. */
const paths = new WeakMap<Log, { readonly local: StatePath; readonly peer: StatePath }>();

/**
 * The states of the caller's socket around a call: that before it, and those that it led to. Undefined where there are none to
 * tell: datagrams and Unix sockets have no states of TCP, and a listener's accept() leaves its state as it is.
 */
export function statesOf(log: Log, index: number, kind: SocketKind): readonly PathStep[] | undefined {
  const event = log.at(index);
  if (event === undefined || kind === 'udp' || kind === 'unix' || event.call === 'print') return undefined;
  const both = paths.get(log) ?? { local: new StatePath(log), peer: new StatePath(mirrored(log)) };
  paths.set(log, both);
  const steps = both[event.end].update();
  const before = steps.findLast((step) => step.index < index);
  // A connection is handed out by accept() as it was made: it has been ESTABLISHED since the handshake.
  const after = steps.filter((step) => step.index === index);
  if (event.call === 'accept') return after.slice(-1);
  return before ? [before, ...after] : after;
}

/** So far away the other end's call on the same bytes is looked for. */
const SEARCHED = 2_000;

/** The other end's call that belongs to this one: on the same bytes, or the other side of a FIN. */
export function counterpartOf(log: Log, index: number): number | undefined {
  const event = log.at(index);
  if (event === undefined) return undefined;
  const end = Math.min(log.length(), index + SEARCHED);
  for (let other = Math.max(0, index - SEARCHED); other < end; other += 1) {
    const candidate = log.at(other);
    if (candidate && candidate.end !== event.end && belong(event, candidate)) return other;
  }
  return undefined;
}

function belong(one: TraceEvent, other: TraceEvent): boolean {
  if (one.count > 0 && other.count > 0 && one.direction !== undefined && one.direction === other.direction) {
    return one.offset < other.offset + other.count && other.offset < one.offset + one.count;
  }
  return (isFin(one) && isEnd(other)) || (isEnd(one) && isFin(other)) || isHandshake(one, other);
}
function isFin({ call, error }: TraceEvent): boolean {
  return (call === 'shutdown' || call === 'close') && error === undefined;
}
function isEnd({ call, count, error }: TraceEvent): boolean {
  return call === 'recv' && count === 0 && error === undefined;
}
function isHandshake(one: TraceEvent, other: TraceEvent): boolean {
  const calls = [one.call, other.call];
  return calls.includes('connect') && calls.includes('accept');
}
