import { useEffect, useMemo, useState } from 'react';
import type { Pack } from '../../../lesson/pack/pack.ts';
import { type LessonTitle, plainLine } from '../../features/classroom/choices/lesson-title.ts';
import { useLanguage, useT } from '../../i18n/t.ts';
import { wordAt } from '../../i18n/word-at.ts';
import { fetchServedLessons } from '../../platform/served-lessons.ts';
import { loadBuiltInPack } from '../../store/lessons/built-in-lessons.ts';
import { servedPack } from '../../store/lessons/served-pack.ts';

/** The lessons that learners have who have opened none: the server's, else those of the page. */
function useFirstPack(base: string): Pack | undefined {
  const language = useLanguage();
  const [pack, setPack] = useState<Pack>();
  useEffect(() => {
    let isCurrent = true;
    async function load(): Promise<void> {
      const loaded = (await servedPack(() => fetchServedLessons(base))) ?? (await loadBuiltInPack(language));
      if (isCurrent) setPack(loaded);
    }
    load().catch(() => undefined); // without them a class goes on by the lessons' names
    return () => {
      isCurrent = false;
    };
  }, [language, base]);
  return pack;
}

/** The lessons of the class by their titles: its own, else those that every learner begins with; none until they have come. */
export function useLessonTitles(own: Pack | undefined, base: string): readonly LessonTitle[] {
  const language = useLanguage();
  const t = useT();
  const first = useFirstPack(base);
  const pack = own ?? first;
  return useMemo(() => {
    if (!pack) return [];
    const { head, lessons } = pack;
    const plain = (text: string): string => plainLine(text, (key) => wordAt(t, key));
    const [ofPack = language] = head.languages;
    return lessons.map(({ lesson, texts }) => {
      const words = texts[language] ?? texts[ofPack];
      return {
        id: lesson.id,
        title: plain(words?.title ?? lesson.id),
        steps: lesson.steps.map(({ id }) => {
          const step = words?.steps[id];
          const hints = Object.entries(step?.hints ?? {}).map(([hint, text]) => [hint, plain(text)] as const);
          return { id, title: plain(step?.title ?? id), hints: Object.fromEntries(hints) };
        }),
      };
    });
  }, [pack, language, t]);
}
