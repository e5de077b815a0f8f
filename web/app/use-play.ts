import { useReducer, useState, useSyncExternalStore } from 'react';
import type { LabServer } from '../../protocol/messages.ts';
import {
  type DialTarget,
  parseStoredTarget,
  parseTargetDraft,
  type TargetDraft,
  targetFromQuery,
} from '../features/target/target-draft.ts';
import type { Playground } from '../store/playground.ts';
import type { SocketRecord } from '../store/socket-record.ts';
import { useStored } from '../ui/stored.ts';
import { FIRST_STATE, nextPlayState, parseView } from './play-state.ts';

/** The Play page's choices, and what pressing its buttons does to the playground. */
export function usePlay(playground: Playground, focusComposer: () => void) {
  const [state, dispatch] = useReducer(nextPlayState, FIRST_STATE);
  const [view, setView] = useStored('browser', 'play.view', parseView);
  const [stored, storeTarget] = useStored('tab', 'target', parseStoredTarget);
  const [target, setTargetDraft] = useState(() => targetFromQuery(window.location.search, stored));
  // The list alone: what happens on the sockets in it is for those who show it.
  const sockets = useSyncExternalStore(playground.subscribe, playground.sockets);
  const record = sockets.find(({ id }) => id === state.socketId) ?? sockets.at(-1);

  function setTarget(draft: TargetDraft): void {
    setTargetDraft(draft);
    storeTarget(draft);
  }
  function choose({ id }: SocketRecord): void {
    dispatch({ type: 'socket chosen', socketId: id });
  }
  function connect({ kind, host, port }: DialTarget): SocketRecord {
    const opened = playground.connect(kind, host, port);
    choose(opened);
    focusComposer();
    return opened;
  }
  const parsed = parseTargetDraft(target);
  const dialTarget = 'errors' in parsed ? undefined : parsed;
  /** Connects to the target and sends at once: what is sent before ESTABLISHED waits for it. */
  function dial(bytes: Uint8Array): void {
    if (dialTarget) connect(dialTarget).send(bytes);
  }
  function aim({ protocol, host, port }: LabServer): void {
    setTarget({ protocol, host, port: String(port) });
  }
  function isTarget({ protocol, host, port }: LabServer): boolean {
    return target.protocol === protocol && target.host.trim() === host && target.port.trim() === String(port);
  }
  function inspect(index: number | undefined): void {
    if (record === undefined) return;
    dispatch({ type: 'event chosen', socketId: record.id, index });
  }
  return {
    state,
    dispatch,
    view,
    setView,
    target,
    setTarget,
    sockets,
    record,
    choose,
    connect,
    dial,
    dialTarget,
    aim,
    isTarget,
    inspect,
  };
}
