import { useT } from '../../i18n/t.ts';
import type { LessonRun } from '../../store/lessons/lesson-run.ts';
import styles from './Lesson.module.css';
import { waitingText } from './waiting-text.ts';

/** So many lines are read; the others follow as these are met. */
const LINES_MAX = 3;

/** What the step still waits for, live. */
export function WaitingLines({ run, most = LINES_MAX }: { readonly run: LessonRun; readonly most?: number }) {
  const t = useT();
  const texts = run.wanted.map((wanted) => waitingText(t, wanted)).filter((text) => text !== '');
  const lines = [...new Set(texts)].slice(0, most);
  return (
    <ul className={styles.waiting}>
      {lines.map((line) => (
        <li key={line}>{t.learn.waiting.for(line)}</li>
      ))}
    </ul>
  );
}
