import { useEffect } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { Playground } from '../../store/playground.ts';
import { connectionsOf, type ServerConnection, type ServerEnd, serverEndOf } from '../../store/server-end.ts';
import { useLive } from '../../ui/use-live.ts';

export type ServerViewProps = { readonly record: SocketTrace | undefined; readonly playground: Playground };
export type Server = { readonly end: ServerEnd; readonly connections: readonly ServerConnection[] };

/** The server that the chosen socket has to do with, and the page's connections to it, drawn anew with every change of them. */
export function useServer({ record, playground }: ServerViewProps): Server | undefined {
  useLive(playground);
  const sockets = playground.sockets();
  const end = serverEndOf(record, sockets, playground.lab());
  return end && { end, connections: connectionsOf(end, sockets) };
}

/** Asks for the kernel's word on these sockets while they are shown, until it has forgotten their connections. */
export function useWatched(playground: Playground, records: readonly SocketTrace[]): void {
  const watched = records.filter(({ isOver, kernel }) => !(isOver && kernel?.state === 'CLOSED'));
  const key = watched.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the list
  useEffect(() => {
    const stops = watched.map((record) => playground.watch(record));
    return () => {
      for (const stop of stops) stop();
    };
  }, [playground, key]);
}
