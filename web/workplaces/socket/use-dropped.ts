import { useSyncExternalStore } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';

/** How many of a socket's oldest events are no longer kept: with each dropping its log is another one. */
export function useDropped(record: SocketTrace | undefined): number {
  return useSyncExternalStore(record?.subscribe ?? subscribeToNothing, () => record?.log.dropped ?? 0);
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
