import { useEffect, useState } from 'react';
import type { Pack } from '../../../lesson/pack/pack.ts';
import type { LessonTitle } from '../../features/classroom/choices/lesson-title.ts';
import { useLanguage } from '../../i18n/t.ts';
import { loadBuiltInPack } from '../../store/lessons/built-in-lessons.ts';

/** The lessons of the class by their titles: its own, else those of the page; none until they have come. */
export function useLessonTitles(own: Pack | undefined): readonly LessonTitle[] {
  const language = useLanguage();
  const [titles, setTitles] = useState<readonly LessonTitle[]>([]);
  useEffect(() => {
    let isCurrent = true;
    (own ? Promise.resolve(own) : loadBuiltInPack(language)).then(
      ({ head, lessons }) => {
        if (!isCurrent) return;
        const [first = language] = head.languages;
        setTitles(
          lessons.map(({ lesson, texts }) => ({
            id: lesson.id,
            title: (texts[language] ?? texts[first])?.title ?? lesson.id,
            steps: lesson.steps.map(({ id }) => id),
          })),
        );
      },
      () => undefined, // without them a class goes on by the lessons' names
    );
    return () => {
      isCurrent = false;
    };
  }, [language, own]);
  return titles;
}
