import type { ByteCount, Port } from '../../protocol/units.ts';

/** One TCP connection of the target, as a client behind a bridge has it. */
export type BenchStream = {
  readonly write: (bytes: Uint8Array) => void;
  /** Resolves when the bridge's client holds less than it should before more is written. */
  readonly writable: () => Promise<void>;
  readonly pause: () => void;
  readonly close: () => void;
};

/** What one browser would hold: one WebSocket where the bridge multiplexes, one for each stream where it does not. */
export type BenchSession = {
  readonly open: (port: Port, onData: (bytes: Uint8Array) => void) => Promise<BenchStream>;
  readonly close: () => void;
};

export type RunningBridge = {
  /** The bridge's process; undefined where there is none. */
  readonly pid: number | undefined;
  readonly connect: () => Promise<BenchSession>;
  readonly stop: () => Promise<void>;
};

export type Adapter = {
  readonly name: string;
  /** Starts the bridge in a process of its own, to the given target ports on 127.0.0.1. */
  readonly start: (ports: readonly Port[]) => Promise<RunningBridge>;
};

/** What a client holds before it waits. */
export const HIGH_WATER: ByteCount = 1_048_576;
