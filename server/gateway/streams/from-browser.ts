import { PlaygroundError } from '../../../protocol/errors.ts';
import { DATA_BYTES_MAX, type Frame, FrameType, PAYLOAD_BYTES_MAX } from '../../../protocol/frame.ts';

/** protocol.md §2 and §4: the types that a browser may send once it is in, and how long their payloads may be. */
const LONGEST: Partial<Record<FrameType, number>> = {
  [FrameType.ACK]: 4,
  [FrameType.PING]: PAYLOAD_BYTES_MAX,
  [FrameType.PONG]: PAYLOAD_BYTES_MAX,
  [FrameType.GOAWAY]: PAYLOAD_BYTES_MAX,
  [FrameType.WATCH]: PAYLOAD_BYTES_MAX,
  [FrameType.OPEN]: PAYLOAD_BYTES_MAX,
  [FrameType.DATA]: DATA_BYTES_MAX,
  [FrameType.CREDIT]: 4,
  [FrameType.FIN]: 0,
  [FrameType.RST]: 0,
  [FrameType.CLOSE]: 0,
  [FrameType.DGRAM]: PAYLOAD_BYTES_MAX,
  [FrameType.ACCEPT]: 0,
  [FrameType.CALL]: PAYLOAD_BYTES_MAX,
  [FrameType.ROOM]: PAYLOAD_BYTES_MAX,
  [FrameType.MIRROR_UP]: PAYLOAD_BYTES_MAX,
};
/** By type; -1: only the gateway sends it, or it comes once and first (HELLO). */
const LIMITS = Int32Array.from({ length: 0x22 }, (_, type) => LONGEST[type as FrameType] ?? -1);

/** @throws {PlaygroundError} FRAME_INVALID */
export function assertFromBrowser({ type, stream, payload }: Frame): void {
  if (type >= FrameType.ROOM && stream !== 0) throw new PlaygroundError('FRAME_INVALID', `type ${type} on a stream`);
  const limit = LIMITS[type] as number;
  if (payload.length <= limit) return;
  const what = limit < 0 ? 'from a browser' : `with ${payload.length} bytes`;
  throw new PlaygroundError('FRAME_INVALID', `type ${type} ${what}`);
}
