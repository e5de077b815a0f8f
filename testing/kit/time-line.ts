import { RECORDING_VERSION, type RecordedSocket, type Recording } from '../../trace/export/recording.ts';
import type { SocketRecorder } from '../../trace/recorder.ts';

/** All sockets of a process are on one line of time, which begins with it: their recordings can be joined. */
const EPOCH = Math.round(performance.timeOrigin);

/** µs since the process began. */
export function now(): number {
  return Math.floor(performance.now() * 1_000);
}

export function recordingOf(recorders: readonly SocketRecorder[]): Recording {
  const sockets = recorders.map((recorder, index): RecordedSocket => recorder.recorded(index + 1));
  return { version: RECORDING_VERSION, epoch: EPOCH, sockets };
}
