import type { Pace } from '../../../../lesson/pack/pace.ts';
import type { LessonTitle } from './lesson-title.ts';

/** One lesson alone stays one; of several the range grows to the new one, and begins there where it is before them. */
export function movedTo(pace: Pace, lesson: string, lessons: readonly Pick<LessonTitle, 'id'>[]): Pace {
  const at = (id: string): number => lessons.findIndex((one) => one.id === id);
  if (pace.from.lesson === pace.to.lesson) return { from: { lesson }, to: { lesson } };
  if (at(lesson) < at(pace.from.lesson)) return { from: { lesson }, to: pace.to };
  return at(lesson) > at(pace.to.lesson) ? { from: pace.from, to: { lesson } } : pace;
}
