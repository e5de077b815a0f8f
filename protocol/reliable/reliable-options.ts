import type { Clock } from '../clock.ts';
import type { Frame } from '../frame.ts';
import type { MessagePool } from '../message-pool.ts';
import type { ByteCount, Milliseconds } from '../units.ts';

export type ReliableOptions = {
  readonly clock: Clock;
  /** Runs `flush` once, soon: frames queued until then share a message. */
  readonly schedule: (flush: () => void) => void;
  /** Every frame that is not this layer's own, once, in order. */
  readonly onFrame: (frame: Frame) => void;
  /** The peer has acknowledged; or the transport has drained after `hasRoomOrNotify` had returned false. */
  readonly onDrain: () => void;
  readonly ringBytes?: ByteCount;
  /** How long so many bytes of a replay wait; 0 takes them. */
  readonly waitToReplay?: (bytes: ByteCount) => Milliseconds;
  /** Where long messages come from and go back to; one of its own unless many share one. */
  readonly pool?: MessagePool;
  /** The seq before the first, in both directions; both ends must agree. Tests begin shortly before numbers go round. */
  readonly originSeq?: number;
};
