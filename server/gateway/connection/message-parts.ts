import { endOfFrame, HEADER_BYTES } from '../../../protocol/frame.ts';

/** So many frames are taken at once; of a message of 6,000 the rest waits for its turn. */
const FRAMES_APART = 128;

/**
 * A message of many frames in parts of a few, each whole frames; undefined: it is short enough as it is.
 * @throws {PlaygroundError} FRAME_INVALID: not whole frames; then none of them counts, wherever the fault stands
 */
export function partsOf(message: Buffer): Buffer[] | undefined {
  if (message.length <= FRAMES_APART * HEADER_BYTES) return undefined;
  const parts: Buffer[] = [];
  let [start, frames, offset] = [0, 0, 0];
  while (offset < message.length) {
    if (frames === FRAMES_APART) {
      parts.push(message.subarray(start, offset));
      [start, frames] = [offset, 0];
    }
    frames += 1;
    offset = endOfFrame(message, offset);
  }
  if (parts.length === 0) return undefined;
  parts.push(message.subarray(start));
  return parts;
}
