import { encodeRecording } from '../../trace/export/encode-recording.ts';
import { recordedSocket, recordingFrom } from '../../trace/recorded.ts';
import type { SocketTrace } from '../../trace/socket-trace.ts';

/** What a page leaves to the one that is loaded in its place. */
export type LeftBehind = {
  /** As a JSON recording; empty where nothing is left. */
  readonly text: string;
  /** Sockets that were open: their connections end with the page. */
  readonly open: number;
  /** Sockets for whose bytes and calls there was no room. */
  readonly omitted: number;
};

/** Characters. A tab's storage has 5 million in all, and a page that closes has little time. */
const RECOVERY_MAX = 2_000_000;
/** Of one call in JSON; Base64 has 4 characters for 3 bytes. */
const CHARACTERS_A_CALL = 160;

/** The sockets of a page that is left: the newest that fit, as their logs stand now. */
export function leaveBehind(sockets: readonly SocketTrace[], most: number = RECOVERY_MAX): LeftBehind {
  const open = sockets.filter(({ isOpen }) => isOpen).length;
  let first = sockets.length;
  let room = most;
  while (first > 0) {
    room -= charactersOf(sockets[first - 1] as SocketTrace);
    if (room < 0) break;
    first -= 1;
  }
  const kept = sockets.slice(first);
  const text = kept.length === 0 ? '' : encodeRecording(recordingFrom(kept.map(recordedSocket)));
  // Texts of calls may be long: then nothing is kept rather than a part.
  return text.length > most ? { text: '', open, omitted: sockets.length } : { text, open, omitted: first };
}

function charactersOf({ log, sent, received }: SocketTrace): number {
  return 1_000 + log.length() * CHARACTERS_A_CALL + ((sent.length + received.length) * 4) / 3;
}
