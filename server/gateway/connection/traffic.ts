import type { ByteCount } from '../../../protocol/units.ts';

/** What has gone through a gateway since it was started: plain numbers, as they are added to with every message. */
export class Traffic {
  /** Of WebSocket messages, ours included that bring no stream's bytes. */
  bytesUp: ByteCount = 0;
  bytesDown: ByteCount = 0;
  messagesUp = 0;
  messagesDown = 0;
  /** Frames that a resumed session sent again: they were lost with the WebSocket before, or not acknowledged yet. */
  replayedFrames = 0;
}
