import { useEffect, useState } from 'react';
import type { LessonTitle } from '../../features/classroom/lesson-title.ts';
import { useLanguage } from '../../i18n/t.ts';
import { loadBuiltInPack } from '../../store/lessons/built-in-lessons.ts';

/** The lessons of the page by their titles; none until they have come. */
export function useLessonTitles(): readonly LessonTitle[] {
  const language = useLanguage();
  const [titles, setTitles] = useState<readonly LessonTitle[]>([]);
  useEffect(() => {
    let isCurrent = true;
    loadBuiltInPack(language).then(
      ({ lessons }) => {
        if (!isCurrent) return;
        setTitles(
          lessons.map(({ lesson, texts }) => ({
            id: lesson.id,
            title: texts[language]?.title ?? lesson.id,
            steps: lesson.steps.map(({ id }) => id),
          })),
        );
      },
      () => undefined, // without them a class goes on by the lessons' names
    );
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return titles;
}
