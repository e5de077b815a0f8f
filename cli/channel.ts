import type { Endpoint } from '../protocol/messages/fields.ts';
import type { RecordedKind } from '../trace/export/recording.ts';

/** What a channel tells. */
export type ChannelHandlers = {
  /** One read. The bytes may change afterwards. */
  readonly onData: (bytes: Uint8Array) => void;
  /** FIN has come: the other end sends no more. */
  readonly onEnd: () => void;
  /** What was written has gone: more may be. */
  readonly onDrain: () => void;
  readonly onError: (error: Error) => void;
  readonly onClose: () => void;
};

/** A socket that the command talks over: of this machine, or of a gateway. */
export type Channel = {
  readonly kind: RecordedKind;
  readonly local: Endpoint | undefined;
  readonly remote: Endpoint | undefined;
  /** Begins to read. */
  readonly start: (handlers: ChannelHandlers) => void;
  /** Copies the bytes. False: `onDrain` tells when to go on. */
  readonly write: (bytes: Uint8Array) => boolean;
  readonly pause: () => void;
  readonly resume: () => void;
  /** FIN, after all that was written. */
  readonly end: () => void;
  /** After all that was written. */
  readonly close: () => void;
  readonly reset: () => void;
};
