import type { Milliseconds } from '../../protocol/units.ts';

/** Everything that bounds the HTTP side. */
export type HttpLimits = {
  /** Answers, loose: a class that shares one address loads the page all at once. */
  readonly requestsPerMinutePerAddress: number;
  /** Requests that were refused or led nowhere. They are counted apart, so that they use up nobody's page. */
  readonly failuresPerMinutePerAddress: number;
  /** Connections at once that are not, or not yet, the WebSocket of a session. */
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** A connection on which no byte has moved for so long is closed. */
  readonly stallTimeout: Milliseconds;
  /** How long a connection without a request waits for the next one. */
  readonly keepAliveTimeout: Milliseconds;
};

/** What is neither a socket of a learner's nor a WebSocket: a connection and the file it sends are two descriptors. */
const CONNECTIONS_SHARE = 1 / 8;
const CONNECTIONS_LEAST = 32;
const CONNECTIONS_MOST = 768;
/** A class behind one router may have most of them, and never all. */
const ADDRESS_SHARE = 3 / 4;

/** `descriptors` is the process's limit (ulimit -n). */
export function defaultHttpLimits(descriptors: number): HttpLimits {
  const share = Math.floor(descriptors * CONNECTIONS_SHARE);
  const connections = Math.max(CONNECTIONS_LEAST, Math.min(CONNECTIONS_MOST, share));
  return {
    requestsPerMinutePerAddress: 20_000,
    failuresPerMinutePerAddress: 2_000,
    connections,
    connectionsPerAddress: Math.floor(connections * ADDRESS_SHARE),
    stallTimeout: 30_000,
    keepAliveTimeout: 10_000,
  };
}
