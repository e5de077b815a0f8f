import type { QuestionText } from '../../../lesson/pack/lesson-text.ts';
import { useT } from '../../i18n/t.ts';
import type { LessonRun } from '../../store/lessons/lesson-run.ts';
import type { ProgressStore } from '../../store/lessons/progress-store.ts';
import styles from './Lesson.module.css';
import { QuestionForm } from './QuestionForm.tsx';

type PredictBoxProps = {
  readonly run: LessonRun;
  readonly progress: ProgressStore;
  readonly text: QuestionText;
  readonly hrefOf: (lesson: string) => string;
};

/** What somebody expects before it is seen. It is kept as it was said; what it was worth is told at the end. */
export function PredictBox({ run, progress, text, hrefOf }: PredictBoxProps) {
  const { learn } = useT();
  const { lesson, pack } = run;
  const { predict } = lesson;
  const said = progress.of(pack, lesson.id)?.predicted?.choice;
  const outcome = run.current ? 'open' : said === predict.right ? 'right' : 'wrong';
  return (
    <fieldset className={styles.predict}>
      <legend>{learn.predict}</legend>
      <QuestionForm
        question={predict}
        text={text}
        hrefOf={hrefOf}
        button={learn.check}
        answered={said}
        onAnswer={(choice) => run.predict(String(choice))}
      />
      <p role="status" aria-label={learn.prediction} className={styles.outcome}>
        {said === undefined ? null : learn.predicted[predict.right === undefined ? 'open' : outcome]}
      </p>
    </fieldset>
  );
}
