import { useEffect, useRef } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { Learning } from '../../store/lessons/learning.ts';
import { type LessonRun, pageOf } from '../../store/lessons/lesson-run.ts';
import type { LessonPrograms } from '../../store/lessons/page-facts.ts';
import { Solution } from '../../store/lessons/solution.ts';
import type { Playground } from '../../store/playground.ts';

/** What was played has been judged by then. ms */
const JUDGED_BY = 15_000;
/** ms */
const LOOK_EVERY = 50;

type Place = {
  readonly playground: Playground;
  readonly onSocket: (socket: SocketTrace) => void;
  readonly onPage: (page: 'play' | 'program') => void;
};

/** Plays the solution of the current step, once at a time; leaving the lesson stops it. */
export function useSolution(learning: Learning, run: LessonRun, { playground, onSocket, onPage }: Place) {
  const playing = useRef<AbortController>(undefined);
  useEffect(() => () => playing.current?.abort(), []);

  async function show(): Promise<void> {
    const step = run.current;
    if (!step || run.isShowing) return;
    const controller = new AbortController();
    const { signal } = controller;
    playing.current = controller;
    const pause = (span: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, span);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    const until = async (isThere: () => boolean, most: number): Promise<void> => {
      for (let waited = 0; waited < most && !signal.aborted && !isThere(); waited += LOOK_EVERY)
        await pause(LOOK_EVERY);
    };
    const workbench = async (): Promise<LessonPrograms> => {
      await until(() => learning.facts.workbench !== undefined, JUDGED_BY);
      if (!learning.facts.workbench) throw new Error('Python has not been fetched');
      return learning.facts.workbench;
    };
    run.setShowing(true);
    onPage(pageOf(run.lesson, step));
    const { sourceAt } = await import('./lesson-programs.ts');
    const solution = new Solution(run, {
      playground,
      workbench,
      sourceAt: (path) => sourceAt(run.content, path, playground.lab()),
      mayRun: !learning.isOwn,
      pause,
      signal,
      onSocket,
    });
    try {
      await solution.play(step);
      await until(() => run.current?.id !== step.id, JUDGED_BY);
    } finally {
      run.setShowing(false);
    }
  }
  return { show: () => void show(), stop: () => playing.current?.abort() };
}
