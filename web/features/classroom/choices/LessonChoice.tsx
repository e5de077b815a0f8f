import styles from '../Teach.module.css';
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
    <label className={styles.choice}>
      {label}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{none}</option>
        {lessons.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
