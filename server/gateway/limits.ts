import { WINDOW_BYTES } from '../../protocol/credit.ts';
import { PlaygroundError } from '../../protocol/errors.ts';
import type { Limits } from '../../protocol/messages/session.ts';
import { UNACKNOWLEDGED_BYTES } from '../../protocol/reliable/reliable.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';

/** Everything that bounds a gateway. What a client must obey is announced in WELCOME; the rest is ours. */
export type GatewayLimits = Limits & {
  readonly sessions: number;
  readonly sockets: number;
  readonly destinationsPerMinute: number;
  readonly accepted: number;
  readonly helloDeadline: Milliseconds;
  readonly idleTimeout: Milliseconds;
  readonly writeTimeout: Milliseconds;
  /** How long a session that sends too fast is not read. */
  readonly penalty: Milliseconds;
  /** Too fast for this long: closed. */
  readonly penaltyLimit: Milliseconds;
  readonly pingInterval: Milliseconds;
  readonly deadAfter: Milliseconds;
  /** What waits in a datagram socket's queue towards the browser. */
  readonly datagramsQueued: number;
  readonly datagramBytesQueued: ByteCount;
  /** SO_SNDBUF and SO_RCVBUF of a dialled socket unless it asks otherwise; 0 leaves them to the system. */
  readonly socketBuffer: ByteCount;
  readonly hellosPerMinutePerAddress: number;
  /** Wrong tokens, of one address and in all: past them a HELLO is looked at `guessDelay` later. */
  readonly wrongTokensPerMinutePerAddress: number;
  readonly wrongTokensPerMinute: number;
  readonly guessDelay: Milliseconds;
  /** Processor time of one tab, in a second and saved up. */
  readonly workPerSecond: Milliseconds;
  readonly workBurst: Milliseconds;
  /** How often one session is resumed; a browser that keeps to R9 stays below. */
  readonly resumesPerMinute: number;
  readonly resumesPerMinutePerAddress: number;
};

/** Descriptors that the process itself needs: files, HTTP connections, lab servers. */
const RESERVED_DESCRIPTORS = 500;

/** Of a connection to a lab server or a learner's listener both ends are ours. */
const DESCRIPTORS_PER_SOCKET = 2;

/** `descriptors` is the process's limit (ulimit -n). */
export function defaultLimits(descriptors: number): GatewayLimits {
  const spare = descriptors > 2 * RESERVED_DESCRIPTORS ? descriptors - RESERVED_DESCRIPTORS : descriptors / 4;
  return {
    streams: 16,
    listeners: 8,
    accepted: 64,
    backlog: 128,
    framesPerSecond: 2_000,
    framesBurst: 4_000,
    bytesPerSecond: 2_000_000,
    bytesBurst: 8_000_000,
    opensPerSecond: 10,
    opensBurst: 40,
    destinationsPerMinute: 60,
    datagramsPerSecond: 200,
    windowBytes: WINDOW_BYTES,
    unacknowledgedBytes: UNACKNOWLEDGED_BYTES,
    sessions: 1_000,
    sockets: Math.max(16, Math.min(8_000, Math.floor((0.8 * spare) / DESCRIPTORS_PER_SOCKET))),
    grace: 120_000,
    connectTimeout: 10_000,
    idleTimeout: 1_800_000,
    writeTimeout: 600_000,
    helloDeadline: 5_000,
    penalty: 250,
    penaltyLimit: 10_000,
    pingInterval: 10_000,
    deadAfter: 30_000,
    datagramsQueued: 128,
    datagramBytesQueued: 65_536,
    socketBuffer: 65_536, // a stalled pair then holds some 265 KiB of kernel memory, not 3.8 MB
    hellosPerMinutePerAddress: 600,
    wrongTokensPerMinutePerAddress: 60,
    wrongTokensPerMinute: 300,
    guessDelay: 1_000,
    workPerSecond: 250,
    workBurst: 500,
    resumesPerMinute: 60,
    resumesPerMinutePerAddress: 2_000,
  };
}

/**
 * Limits with some of them set otherwise.
 * @throws {PlaygroundError} CONFIG_INVALID: there is no such limit, or the value is no number from 0 on
 */
export function limitsWith<Limits extends Readonly<Record<string, number>>>(
  limits: Limits,
  overrides: Partial<Limits>,
): Limits {
  for (const [name, value] of Object.entries(overrides)) {
    const isLimit =
      Object.hasOwn(limits, name) && typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY;
    if (!isLimit) throw new PlaygroundError('CONFIG_INVALID', `limit ${name}: ${value}`);
  }
  return { ...limits, ...overrides };
}

/** What WELCOME announces, and nothing more. `share`: of what is counted by the second. */
export function announcedLimits(limits: GatewayLimits, share = 1): Limits {
  const { streams, listeners, windowBytes, unacknowledgedBytes, backlog, grace, connectTimeout } = limits;
  const part = (rate: number): number => Math.ceil(rate * share);
  return {
    streams,
    listeners,
    framesPerSecond: part(limits.framesPerSecond),
    framesBurst: part(limits.framesBurst),
    bytesPerSecond: part(limits.bytesPerSecond),
    bytesBurst: part(limits.bytesBurst),
    opensPerSecond: part(limits.opensPerSecond),
    opensBurst: part(limits.opensBurst),
    datagramsPerSecond: part(limits.datagramsPerSecond),
    windowBytes,
    unacknowledgedBytes,
    backlog,
    grace,
    connectTimeout,
  };
}
