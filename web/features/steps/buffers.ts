import type { ByteCount } from '../../../protocol/units.ts';
import type { Direction } from '../../../trace/event.ts';
import { otherEnd } from '../../../trace/socket/other-end.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { LookedSocket, ProcessLook } from '../../python/process-look.ts';

/** A socket of a program that stands, with its trace. */
export type StoodSocket = LookedSocket & { readonly program: string; readonly trace: SocketTrace | undefined };

/** The bytes of one direction of a connection that a send() has given and that no recv() has taken. */
export type ClientTimeline = {
  readonly count: ByteCount;
  /** The first of them, as far as they are kept. */
  readonly bytes: Uint8Array;
  /** Where they lie: the sending kernel told so many, the rest is at the receiving end. */
  readonly sendBuffer: ByteCount;
  readonly receiveBuffer: ByteCount;
  /** Held by a troubled proxy between the two, or cut off by it: then the receiving end is asked too. None: undefined. */
  readonly inProxy: ByteCount | undefined;
};

/** A connection between two programs, from the one whose pane stands further left. `there`: from it to the other. */
export type Channel = {
  readonly near: StoodSocket;
  readonly far: StoodSocket;
  readonly there: ClientTimeline;
  readonly back: ClientTimeline;
};

/** As much as a lane can show. */
const BYTES_SHOWN: ByteCount = 48;

export function stoodSockets(
  program: string,
  look: ProcessLook | undefined,
  traceOf: (socket: number) => SocketTrace | undefined,
): readonly StoodSocket[] {
  return (look?.sockets ?? []).map((socket) => ({
    ...socket,
    program,
    trace: socket.socket === undefined ? undefined : traceOf(socket.socket),
  }));
}

/** The connections between sockets of programs, each once, and the bytes that lie in their buffers. */
export function channels(sockets: readonly StoodSocket[]): readonly Channel[] {
  const traces = sockets.flatMap(({ trace }) => trace ?? []);
  const seen = new Set<SocketTrace>();
  return sockets.flatMap((near) => {
    const other = near.trace && otherEnd(near.trace, traces);
    const far = other && sockets.find(({ trace }) => trace === other);
    if (!near.trace || !far?.trace || seen.has(near.trace)) return [];
    seen.add(near.trace);
    seen.add(far.trace);
    return [{ near, far, there: laneOf(near, far), back: laneOf(far, near) }];
  });
}

function laneOf(from: StoodSocket, to: StoodSocket): ClientTimeline {
  const sent = total(from.trace, 'sent');
  const read = total(to.trace, 'received');
  const count = Math.max(0, sent - read);
  const sendBuffer = Math.min(count, from.underWay + (from.kernel?.sendQueue ?? 0));
  const proxy = from.trace?.proxy ?? to.trace?.proxy;
  const here = Math.min(count - sendBuffer, proxy ? to.unread + (to.kernel?.receiveQueue ?? 0) : count);
  const inProxy = proxy ? count - sendBuffer - here : undefined;
  const bytes = from.trace?.sent.slice(read, Math.min(count, BYTES_SHOWN)) ?? new Uint8Array();
  return { count, bytes, sendBuffer, receiveBuffer: here, inProxy };
}
function total(trace: SocketTrace | undefined, direction: Direction): ByteCount {
  return trace === undefined ? 0 : trace[direction].length + trace.omitted[direction];
}
