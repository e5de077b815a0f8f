import type { Place, RoomSetting } from '../../protocol/rooms/records.ts';
import type { PackLesson } from './pack.ts';

/** The first and the last that a class may do. */
export type Pace = NonNullable<RoomSetting['pace']>;
type Lessons = readonly Pick<PackLesson, 'lesson'>[];

/** May a class do this lesson, or this step of it? A pace of lessons that are not here closes nothing. */
export function isOpen(lessons: Lessons, pace: Pace | undefined, { lesson, step }: Place): boolean {
  if (!pace) return true;
  const [here, from, to] = [lesson, pace.from.lesson, pace.to.lesson].map((id) => indexOf(lessons, id)) as [
    number,
    number,
    number,
  ];
  if (here < 0 || from < 0 || to < 0) return true;
  if (here < from || here > to) return false;
  if (step === undefined) return true;
  const at = (id: string | undefined): number => lessons[here]?.lesson.steps.findIndex((one) => one.id === id) ?? -1;
  const [first, last] = [here === from ? at(pace.from.step) : -1, here === to ? at(pace.to.step) : -1];
  return at(step) >= first && (last < 0 || at(step) <= last);
}

function indexOf(lessons: Lessons, id: string): number {
  return lessons.findIndex(({ lesson }) => lesson.id === id);
}
