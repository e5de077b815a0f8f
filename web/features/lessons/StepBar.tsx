import type { LessonText } from '../../../lesson/pack/lesson-text.ts';
import { useT } from '../../i18n/t.ts';
import type { LessonRun } from '../../store/lessons/lesson-run.ts';
import { Button } from '../../ui/Button.tsx';
import hidden from '../../ui/hidden.module.css';
import { useLive } from '../../ui/use-live.ts';
import styles from './StepBar.module.css';
import { waitingText } from './waiting-text.ts';

type StepBarProps = {
  readonly run: LessonRun;
  readonly text: LessonText;
  /** Where the lesson is out of sight: the way back to it. */
  readonly onLesson: (() => void) | undefined;
};

/** Above the workplace: which step it is for, and what is still waited for. */
export function StepBar({ run, text, onLesson }: StepBarProps) {
  const t = useT();
  const { learn } = t;
  useLive(run);
  const { current, lesson } = run;
  const number = lesson.steps.findIndex(({ id }) => id === current?.id) + 1;
  const [line] = run.wanted.map((wanted) => waitingText(t, wanted)).filter((each) => each !== '');
  // A new element for each step, so that the bar of a step that was met slides in.
  return (
    <div key={run.doneCount} className={styles.bar} data-met={run.lastMet !== undefined || undefined}>
      {onLesson ? <h1 className={hidden.hidden}>{text.title}</h1> : null}
      <span className={styles.count}>{learn.stepsDoneText(run.doneCount, lesson.steps.length)}</span>
      {current ? (
        <>
          <b className={styles.name}>{learn.step(number, text.steps[current.id]?.title ?? '')}</b>
          <span className={styles.line}>
            {run.isShowing ? learn.showing : line === undefined ? null : learn.waiting.for(line)}
          </span>
        </>
      ) : (
        <b className={styles.name}>{learn.takeaway}</b>
      )}
      {onLesson ? (
        <Button look="quiet" onClick={onLesson}>
          {learn.toLesson}
        </Button>
      ) : null}
    </div>
  );
}
