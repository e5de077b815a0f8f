import { useEffect, useEffectEvent, useReducer, useRef, useState, useSyncExternalStore } from 'react';
import type { LabServer } from '../../../protocol/messages/session.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { RelayContext } from '../../features/answers/relay-context.ts';
import type { LabWay } from '../../features/labs/LabList.tsx';
import type { DialTarget } from '../../features/target/target-draft.ts';
import { useStored } from '../../platform/stored.ts';
import type { Playground } from '../../store/playground.ts';
import { type StateKey, usePageStates } from '../../ui/page/page-states.ts';
import { sendWhenServed } from './experiments.ts';
import { FIRST_STATE, nextPlayState, type PlayState, parseView } from './play-state.ts';
import { useConnectOptions } from './use-connect-options.ts';
import { useTarget } from './use-target.ts';

/** How the page was left for another one: coming back finds it so. */
const PLAY: StateKey<PlayState> = { name: 'play' };

export type Play = ReturnType<typeof usePlay>;

/** The choices of the workplace, and what its buttons do to the playground. */
export function usePlay(playground: Playground) {
  const host = useRef<HTMLInputElement>(null);
  const box = useRef<{ focus(): void }>(null);
  const states = usePageStates();
  const [state, dispatch] = useReducer(
    nextPlayState,
    states.of(PLAY, () => FIRST_STATE),
  );
  useEffect(() => states.keep(PLAY, state), [states, state]);
  const query = new URLSearchParams(window.location.search);
  const [view, setView] = useStored('browser', 'play.view', (stored) => parseView(query.get('view') ?? stored));
  const { target, setTarget, parsed, isSettled } = useTarget(playground);
  // The list alone: what happens on the sockets in it is for those who show it.
  const sockets = useSyncExternalStore(playground.subscribe, playground.sockets);
  const record = sockets.find(({ id }) => id === state.socketId) ?? sockets.at(-1);

  function choose({ id }: SocketTrace): void {
    dispatch({ type: 'socket chosen', socketId: id });
  }
  const connectOptions = useConnectOptions();
  function open({ kind, host, port }: DialTarget, bytes?: Uint8Array, isPatient = false): void {
    const options = connectOptions.take(kind);
    if (!options) return;
    const opened = playground.connect(kind, host, port, options);
    // What is sent before ESTABLISHED waits for it.
    if (bytes && isPatient) sendWhenServed(opened, bytes);
    else if (bytes) opened.send(bytes);
    choose(opened);
    dispatch({ type: 'folded', isFolded: true });
  }
  // A press that comes before the gateway has said where the tutorial's server listens waits for that.
  const [early, setEarly] = useState<{ readonly bytes: Uint8Array | undefined; readonly isPatient: boolean }>();
  const openEarly = useEffectEvent(() => {
    if (early && parsed) open(parsed, early.bytes, early.isPatient);
    setEarly(undefined);
  });
  useEffect(() => {
    if (isSettled) openEarly();
  }, [isSettled]);

  /** `isPatient`: what is sent waits until the server's program has accepted. */
  function connect(bytes?: Uint8Array, isPatient = false): void {
    box.current?.focus();
    if (!isSettled) setEarly({ bytes, isPatient });
    else if (parsed) open(parsed, bytes, isPatient);
  }
  function aim({ protocol, host, port, path }: LabServer, way: LabWay): void {
    setTarget({ protocol, host: way === 'path' && path ? path : host, port: String(port) });
  }
  function isTarget({ protocol, host, port, path }: LabServer): boolean {
    if (path !== undefined && target.host.trim() === path) return target.protocol === protocol;
    return target.protocol === protocol && target.host.trim() === host && target.port.trim() === String(port);
  }
  /** Another socket, and an event of it: by its index in the log as it is now. */
  function show(other: SocketTrace, index: number): void {
    choose(other);
    dispatch({ type: 'event chosen', socketId: other.id, index: index + other.log.dropped });
  }
  /** The address of Play with this target and view; it opens nothing by itself. */
  function linkOf(message: string): string {
    const { protocol, host: to, port } = target;
    const url = new URL('.', window.location.href);
    url.search = `${new URLSearchParams({ protocol, host: to, port, view })}${message && `&${message}`}`;
    return url.href;
  }
  const relay: RelayContext = {
    target: parsed?.kind === 'tcp' ? parsed : undefined,
    diallerTo: ({ host, port }) => {
      const options = connectOptions.take('tcp');
      return options && (() => playground.connect('tcp', host, port, options));
    },
    onShow: choose,
  };
  function inspect(index: number | undefined): void {
    if (record === undefined) return;
    dispatch({ type: 'event chosen', socketId: record.id, index });
  }
  return {
    /** The Host field, and what is typed into to send. */
    host,
    box,
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
    connectOptions,
    dialTarget: parsed,
    aim,
    isTarget,
    inspect,
    show,
    linkOf,
    relay,
  };
}
