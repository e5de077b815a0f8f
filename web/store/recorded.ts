import type { Milliseconds } from '../../protocol/units.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { RECORDING_VERSION, type RecordedSocket, type Recording } from '../../trace/export/recording.ts';
import type { SocketRecord } from './socket-record.ts';

/** What a recording says of a socket beside its calls and bytes. */
export type RecordedHead = Omit<RecordedSocket, 'events' | 'sent' | 'received'>;

export function recordedHead({ id, kind, local, remote, target, lab }: SocketRecord): RecordedHead {
  // One that failed to connect, and a datagram socket, have no peer but the one that they were to have.
  const other = remote ?? (kind === 'listen' || kind === 'accepted' ? undefined : target);
  return { id, kind, ...(local && { local }), ...(other && { remote: other }), ...(lab !== undefined && { lab }) };
}

/** One socket as it stands now. The bytes are not copied: they only ever grow. */
export function recordedSocket(record: SocketRecord): RecordedSocket {
  const { log, sent, received } = record;
  const events = Array.from({ length: log.length() }, (_, index) => log.at(index) as TraceEvent);
  return { ...recordedHead(record), events, sent, received };
}

/**
 * These sockets as one recording; `epoch` is the wall clock at the zero of their times. They begin at the server's start,
 * or where a socket is shown that is older than it, at its first call: a recording has no negative times.
 */
export function recordingFrom(epoch: Milliseconds, sockets: readonly RecordedSocket[]): Recording {
  let zero = 0;
  for (const { events } of sockets) for (const { at } of events) zero = Math.min(zero, at);
  const shifted = zero === 0 ? sockets : sockets.map((socket) => ({ ...socket, events: later(socket.events, -zero) }));
  return { version: RECORDING_VERSION, epoch: epoch + zero / 1_000, sockets: shifted };
}

function later(events: readonly TraceEvent[], by: number): TraceEvent[] {
  return events.map((event) => ({ ...event, at: event.at + by }));
}
