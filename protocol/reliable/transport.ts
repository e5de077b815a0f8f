import type { ByteCount } from '../units.ts';

/** One WebSocket, as this layer sees it. */
export type Transport = {
  /**
   * Hands over one binary message, which it may read until it calls `onSent`, where the host can tell: it has left this
   * process's memory, or never will. One that throws counts as cut: it is detached, and what it did not take is replayed on
   * the next.
   */
  readonly send: (message: Uint8Array<ArrayBuffer>, onSent: () => void) => void;
  readonly bufferedAmount: () => ByteCount;
  /** `send` has read the message when it returns, as a browser's has. */
  readonly isCopying?: boolean;
  /** All bytes it was given to send, and how many of them the system has taken, exactly; where the host can tell. */
  readonly given?: () => ByteCount;
  readonly left?: () => ByteCount;
};
