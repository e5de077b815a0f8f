import type { Microseconds } from '../protocol/units.ts';
import { clipEvent } from './clip-event.ts';
import { type ClockStep, clockShift } from './clock-steps.ts';
import type { TraceEvent } from './event.ts';
import { RECORDING_VERSION, type RecordedSocket, type Recording } from './export/recording.ts';
import type { RecordedHead, SocketTrace } from './socket-trace.ts';

export function recordedHead(record: SocketTrace): RecordedHead {
  const { id, kind, local, remote, target, lab, name, log, droppedDatagrams, tooLongDatagrams, clock } = record;
  // One that failed to connect, and a datagram socket, have no peer but the one that they were to have.
  const other = remote ?? (kind === 'listen' || kind === 'accepted' ? undefined : target);
  return {
    id,
    kind,
    ...(local && { local }),
    ...(other && { remote: other }),
    ...(lab !== undefined && { lab }),
    ...(name !== undefined && { name }),
    ...(log.dropped > 0 && { droppedEvents: log.dropped }),
    ...(droppedDatagrams > 0 && { droppedDatagrams }),
    ...(tooLongDatagrams > 0 && { tooLongDatagrams }),
    ...(clock.length > 0 && { clock }),
  };
}

/** A call as it can be saved: of a program's, whose bytes are reported up to a cap, it has moved those that are there. */
export function recordedEvent({ omitted, sent, received }: SocketTrace, event: TraceEvent): TraceEvent {
  const { direction } = event;
  if (!direction || omitted[direction] === 0) return event;
  return clipEvent(event, { sent: sent.length, received: received.length });
}

/** One socket as it stands now. The bytes are not copied: they only ever grow. */
export function recordedSocket(record: SocketTrace): RecordedSocket {
  const { log, sent, received } = record;
  const events = Array.from({ length: log.length() }, (_, index) => recordedEvent(record, log.at(index) as TraceEvent));
  return { ...recordedHead(record), events, sent, received };
}

/** These sockets, whose times are µs since 1970, as one recording. It begins in the millisecond of their first call. */
export function recordingFrom(sockets: readonly RecordedSocket[]): Recording {
  const onWall = sockets.map(fromWallClock);
  let first = Number.POSITIVE_INFINITY;
  for (const { events } of onWall) for (const { at, took = 0 } of events) first = Math.min(first, at - took);
  const epoch = Number.isFinite(first) ? Math.max(0, Math.floor(first / 1_000)) : 0;
  return { version: RECORDING_VERSION, epoch, sockets: onWall.map((socket) => later(socket, -epoch * 1_000)) };
}

/** The same with the wall clock of its first event, and of the clock's steps those during its life. */
function fromWallClock({ clock = [], ...socket }: RecordedSocket): RecordedSocket {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { at } of socket.events) {
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  const shift = clockShift(first, clock);
  const during = clock.filter(({ at }) => at > first && at <= last).map(({ at, by }) => ({ at, by: by - shift }));
  return later({ ...socket, ...(during.length > 0 && { clock: during }) }, shift);
}

function later(socket: RecordedSocket, by: Microseconds): RecordedSocket {
  if (by === 0) return socket;
  const moved = <Timed extends TraceEvent | ClockStep>(timed: Timed): Timed => ({ ...timed, at: timed.at + by });
  const { events, clock } = socket;
  return { ...socket, events: events.map(moved), ...(clock && { clock: clock.map(moved) }) };
}
