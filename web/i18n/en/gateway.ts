import type { Milliseconds } from '../../../protocol/units.ts';
import { formatSpan, plural } from '../format.ts';

const seconds = (away: Milliseconds) => plural(Math.max(1, Math.round(away / 1_000)), 'second', 'seconds');

export const gateway = {
  connecting: 'connecting to the gateway…',
  online: (latency: Milliseconds | undefined) =>
    latency === undefined ? 'gateway' : `gateway, ${formatSpan(latency * 1_000)}`,
  unstable: 'gateway unstable',
  offline: 'gateway out of reach',
  refused: 'gateway refuses',
  left: 'gateway left',
  backLossless: (away: Milliseconds) => `Back after ${seconds(away)}, nothing lost.`,
  backLost: (away: Milliseconds) =>
    `Back after ${seconds(away)}. Your earlier sockets are closed; bytes that were on their way may be lost.`,
  token: 'Access key',
  enter: 'Enter',
  allowOrigin: 'To allow it, start the server with',
  dismiss: 'Dismiss',
  openMode: 'Open mode: this gateway connects to any public address. Be considerate.',
};
