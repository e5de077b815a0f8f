import type { ByteCount } from '../../protocol/units.ts';
import type { ByteReader } from '../export/recording.ts';
import type { Rule } from './message.ts';

const LINE_FEED = 0x0a;
const BLOCK: ByteCount = 65_536;

/** The offset of the first `byte` from `start` on; -1 where there is none before `limit`. */
export function indexOfByte(bytes: ByteReader, byte: number, start: ByteCount, limit: ByteCount): number {
  const end = Math.min(bytes.length, limit);
  for (let from = start; from < end; from += BLOCK) {
    const found = bytes.slice(from, Math.min(BLOCK, end - from)).indexOf(byte);
    if (found >= 0) return from + found;
  }
  return -1;
}

/** A line ends behind its LF; the last one, too, where the stream ends without. */
export const lineRule: Rule = (bytes, start, isEnded) => {
  const feed = indexOfByte(bytes, LINE_FEED, start, bytes.length);
  if (feed >= 0) return { end: feed + 1, body: start };
  return isEnded && bytes.length > start ? { end: bytes.length, body: start } : 'partial';
};
