import { useSyncExternalStore } from 'react';
import type { SocketRecord } from '../../store/socket-record.ts';

/** How many of a socket's oldest events are no longer kept: with each dropping its log is another one. */
export function useDropped(record: SocketRecord | undefined): number {
  return useSyncExternalStore(record?.subscribe ?? subscribeToNothing, () => record?.log.dropped ?? 0);
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
