import type { GatewayLimits } from '../server/gateway/limits.ts';

/** Limits that are not what is measured. */
export const UNLIMITED: Partial<GatewayLimits> = {
  bytesPerSecond: 1e9,
  bytesBurst: 1e9,
  framesPerSecond: 1e6,
  framesBurst: 1e6,
  opensPerSecond: 1e6,
  opensBurst: 1e6,
  destinationsPerMinute: 1e6,
  hellosPerMinutePerAddress: 1e6,
  resumesPerMinute: 1e6,
  workPerSecond: 1e6,
  workBurst: 1e6,
  resumesPerMinutePerAddress: 1e6,
  streams: 64,
  sockets: 10_000,
};
