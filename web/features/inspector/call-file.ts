import type { TraceEvent } from '../../../trace/event.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';

type Named = Pick<SocketTrace, 'id' | 'local'>;
type Moved = Pick<TraceEvent, 'direction' | 'offset'>;

/** `40314-sent-12.bin`: the socket by its port, the direction, and at which byte of it the call begins. */
export function callFile({ id, local }: Named, { direction, offset }: Moved, extension: string): string {
  return `${local?.port || id}-${direction ?? 'none'}-${offset}.${extension}`;
}
