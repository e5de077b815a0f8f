import { useEffect, useEffectEvent } from 'react';
import { useLanguage } from '../../i18n/t.ts';
import { putOffDeferred } from '../../platform/deferred.tsx';
import { fetchServedLessons } from '../../platform/served-lessons.ts';
import { readStored, readStoredJson, writeStored } from '../../platform/stored.ts';
import { isPythonSupported } from '../../python/python-files.ts';
import { loadBuiltInPack } from '../../store/lessons/built-in-lessons.ts';
import { Learning } from '../../store/lessons/learning.ts';
import type { LessonRun } from '../../store/lessons/lesson-run.ts';
import { type ProgressDisk, ProgressStore } from '../../store/lessons/progress-store.ts';
import type { Playground } from '../../store/playground.ts';
import { type StateKey, usePageStates } from '../../ui/page/page-states.ts';
import { useLive } from '../../ui/use-live.ts';

const LEARNING: StateKey<Learning> = { name: 'learning' };
const PROGRESS = 'learn.progress';
const OWN = 'learn.lessons';
/** What is judged by how long it has held is looked at so often, whether something happens or not: ms. */
const LOOK_EVERY = 200;

const disk: ProgressDisk = {
  read: () => readStoredJson('browser', PROGRESS),
  write: (progress) => {
    const text = JSON.stringify(progress);
    writeStored('browser', PROGRESS, text);
    return readStored('browser', PROGRESS) === text;
  },
  onWritten: (look) =>
    window.addEventListener('storage', ({ key }) => {
      if (key === PROGRESS || key === null) look();
    }),
};

/** One of each tab: an attempt goes on while another page is looked at. */
export function useLearning(playground: Playground, base: string): Learning {
  const learning = usePageStates().of(
    LEARNING,
    () =>
      new Learning({
        playground,
        progress: new ProgressStore(disk),
        now: () => performance.timeOrigin + performance.now(),
        canRunPrograms: isPythonSupported(),
        load: loadBuiltInPack,
        loadServed: () => fetchServedLessons(base),
        own: readStored('browser', OWN) || undefined,
        keepOwn: (text) => writeStored('browser', OWN, text ?? ''),
      }),
  );
  const language = useLanguage();
  useEffect(() => putOffDeferred(learning.load(language)), [learning, language]);
  useLive(learning);
  return learning;
}

type Source = { readonly subscribe: (listener: () => void) => () => void };
/** Judges while the lesson is looked at: in the frame after something happened, and now and then without. */
export function useJudging(run: LessonRun, source: Source): void {
  const look = useEffectEvent(() => run.update());
  useEffect(() => {
    let frame = 0;
    const unsubscribe = source.subscribe(() => {
      if (frame !== 0) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        look();
      });
    });
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => {
      clearInterval(timer);
      cancelAnimationFrame(frame);
      unsubscribe();
    };
  }, [source]);
}
