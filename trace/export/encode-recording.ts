import { toBase64 } from '../bytes/base64.ts';
import { encodeTraceEvent } from './event-json.ts';
import type { RecordedSocket, Recording } from './recording.ts';

/** What the file says of itself. */
export const FORMAT = 'socket-playground-recording';
/** A socket but for its bytes and calls. */
type Head = Omit<RecordedSocket, 'sent' | 'received' | 'events'>;

/** The recording as JSON: streams in Base64, events without the fields that say nothing. */
export function encodeRecording({ version, epoch, sockets }: Recording): string {
  return JSON.stringify({ format: FORMAT, version, epoch, sockets: sockets.map(encodeSocket) });
}

function encodeSocket({ sent, received, events, ...head }: RecordedSocket): object {
  return {
    ...headOf(head),
    sent: toBase64(sent.slice(0, sent.length)),
    received: toBase64(received.slice(0, received.length)),
    events: events.map(encodeTraceEvent),
  };
}

/** Without the fields that say nothing. */
export function headOf(head: Head): Head {
  const { id, kind, local, remote, lab, name, droppedEvents = 0, clock = [] } = head;
  const { droppedDatagrams = 0, tooLongDatagrams = 0 } = head;
  return {
    id,
    kind,
    ...(local && { local }),
    ...(remote && { remote }),
    ...(lab !== undefined && { lab }),
    ...(name !== undefined && { name }),
    ...(droppedEvents > 0 && { droppedEvents }),
    ...(droppedDatagrams > 0 && { droppedDatagrams }),
    ...(tooLongDatagrams > 0 && { tooLongDatagrams }),
    ...(clock.length > 0 && { clock }),
  };
}
