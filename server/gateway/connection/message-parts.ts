import { endOfFrame, FrameType, HEADER_BYTES } from '../../../protocol/frame.ts';

/** So much is taken at once, some 3 ms of work: as many DATA frames, of the others an eighth. Of a message of 6,000 the rest waits for its turn. */
const DATA_APART = 1_024;
/** A PING is answered by a message of its own, a CALL by a promise. */
const OTHER_COST = 8;

/**
 * A message of many frames in parts of a few, each whole frames; undefined: it is short enough as it is.
 * @throws {PlaygroundError} FRAME_INVALID: not whole frames; then none of them counts, wherever the fault stands
 */
export function partsOf(message: Buffer): Buffer[] | undefined {
  if (message.length * OTHER_COST <= DATA_APART * HEADER_BYTES) return undefined;
  const parts: Buffer[] = [];
  let [start, cost, offset] = [0, 0, 0];
  while (offset < message.length) {
    if (cost >= DATA_APART) {
      parts.push(message.subarray(start, offset));
      [start, cost] = [offset, 0];
    }
    cost += message[offset] === FrameType.DATA ? 1 : OTHER_COST;
    offset = endOfFrame(message, offset);
  }
  if (parts.length === 0) return undefined;
  parts.push(message.subarray(start));
  return parts;
}
