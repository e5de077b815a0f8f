import type { ByteCount } from '../protocol/units.ts';
import type { ByteStream } from './byte-stream.ts';
import type { TraceEvent } from './event.ts';

export type ByteStreams = { readonly sent: ByteStream; readonly received: ByteStream };

/** The bytes that a call moved, at most `limit` of them; undefined for a call that moves none. */
export function eventBytes(streams: ByteStreams, event: TraceEvent, limit: ByteCount): Uint8Array | undefined {
  if (event.direction === undefined) return undefined;
  const stream = event.direction === 'sent' ? streams.sent : streams.received;
  return stream.slice(event.offset, Math.min(event.count, limit));
}
