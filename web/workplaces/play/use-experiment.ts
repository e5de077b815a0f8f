import { useState, useSyncExternalStore } from 'react';
import type { LiveSocket } from '../../store/live-socket.ts';
import type { Playground } from '../../store/playground.ts';
import { type Bench, EXPERIMENT, type ExperimentName } from './experiments.ts';
import type { Play } from './use-play.ts';

export type ExperimentRun = {
  readonly name: ExperimentName;
  readonly record: LiveSocket | undefined;
  /** What the question is about has been done. */
  readonly isActed: boolean;
};

/** The experiment that is tried, and how far it is. */
export function useExperiment(playground: Playground, play: Play) {
  const [run, setRun] = useState<ExperimentRun>();
  useSyncExternalStore(run?.record?.subscribe ?? subscribeToNothing, () => run && phaseOf(run));
  const bench: Bench = {
    lab: playground.lab,
    connect: (host, port, options) => playground.connect('tcp', host, port, options),
    listen: () => playground.listen('127.0.0.1', 0, BACKLOG),
    show: play.setView,
  };
  function start(name: ExperimentName): void {
    const record = EXPERIMENT[name].setUp(bench);
    if (record) play.choose(record);
    setRun({ name, record, isActed: false });
  }
  function act(): void {
    if (!run) return;
    const record = EXPERIMENT[run.name].act(run.record, bench);
    if (record) play.choose(record);
    setRun({ ...run, record, isActed: true });
  }
  return { run, start, act, stop: () => setRun(undefined) };
}

/** That of the tutorial's server. */
const BACKLOG = 5;

/** Asked, ready for the press, or answered. */
type Phase = 'asked' | 'ready' | 'waiting' | 'done';
export function phaseOf({ name, record, isActed }: ExperimentRun): Phase {
  const { isReady, isDone } = EXPERIMENT[name];
  if (isActed) return isDone(record) ? 'done' : 'waiting';
  return isReady(record) ? 'ready' : 'asked';
}
function subscribeToNothing(): () => void {
  return () => undefined;
}
