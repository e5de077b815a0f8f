import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useDropped } from './use-dropped.ts';

type ChosenEvent = {
  /** Its index in the socket's log as it is now; undefined where none is chosen, or where it is no longer kept. */
  readonly selected: number | undefined;
  readonly select: (index: number | undefined) => void;
};

/** What is chosen in a socket's log. It is kept by its number among all events, those that were dropped included. */
export function useChosenEvent(
  record: SocketTrace | undefined,
  chosen: number | undefined,
  onChoose: (event: number | undefined) => void,
): ChosenEvent {
  const dropped = useDropped(record);
  return {
    selected: chosen === undefined || chosen < dropped ? undefined : chosen - dropped,
    select: (index) => onChoose(index === undefined ? undefined : index + dropped),
  };
}
