import type { ByteCount } from '../../../protocol/units.ts';

/** What has gone through a gateway since it was started: plain numbers, as they are added to with every message. */
export class Traffic {
  /** Of WebSocket messages, ours included that bring no stream's bytes. */
  bytesUp: ByteCount = 0;
  bytesDown: ByteCount = 0;
  messagesUp = 0;
  messagesDown = 0;
  /** Frames that a resumed session's earlier WebSocket had not brought, or whose arrival nobody knew of. */
  replayedFrames = 0;
}
