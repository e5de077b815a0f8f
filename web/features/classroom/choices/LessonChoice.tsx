import { Select } from '../../../ui/form/Select.tsx';
import type { LessonTitle } from './lesson-title.ts';

type LessonChoiceProps = {
  readonly label: string;
  /** The word for no lesson at all. */
  readonly none: string;
  readonly lessons: readonly Pick<LessonTitle, 'id' | 'title'>[];
  /** Empty: none. */
  readonly value: string;
  readonly onChange: (lesson: string) => void;
};

/** One of the lessons of the class, by its title. */
export function LessonChoice({ label, none, lessons, value, onChange }: LessonChoiceProps) {
  return (
    <Select
      label={label}
      isCaptioned
      options={[{ value: '', label: none }, ...lessons.map(({ id, title }) => ({ value: id, label: title }))]}
      value={value}
      onChange={onChange}
    />
  );
}
