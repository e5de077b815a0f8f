import { RECORDING_VERSION, type RecordedSocket, type Recording } from '../../protocol/export/recording.ts';
import type { TraceEvent } from '../../protocol/trace.ts';
import type { Playground } from './playground.ts';
import type { SocketRecord } from './socket-record.ts';

/** One socket as it stands now, for everything that leaves the page. The bytes are not copied: they only ever grow. */
export function recordedSocket({
  id,
  kind,
  local,
  remote,
  target,
  lab,
  log,
  sent,
  received,
}: SocketRecord): RecordedSocket {
  // One that failed to connect, and a datagram socket, have no peer but the one that they were to have.
  const other = remote ?? (kind === 'listen' || kind === 'accepted' ? undefined : target);
  return {
    id,
    kind,
    ...(local && { local }),
    ...(other && { remote: other }),
    ...(lab !== undefined && { lab }),
    events: Array.from({ length: log.length() }, (_, index) => log.at(index) as TraceEvent),
    sent,
    received,
  };
}

/**
 * These sockets as one recording. Times begin at the server's start, or where a socket is shown that is older than it,
 * at its first call: a recording has no negative times.
 */
export function takeRecording(playground: Playground, records: readonly SocketRecord[]): Recording {
  const sockets = records.map(recordedSocket);
  let zero = 0;
  for (const { events } of sockets) for (const { at } of events) zero = Math.min(zero, at);
  const shifted = zero === 0 ? sockets : sockets.map((socket) => ({ ...socket, events: later(socket.events, -zero) }));
  return { version: RECORDING_VERSION, epoch: playground.wallClock(zero), sockets: shifted };
}

function later(events: readonly TraceEvent[], by: number): TraceEvent[] {
  return events.map((event) => ({ ...event, at: event.at + by }));
}
