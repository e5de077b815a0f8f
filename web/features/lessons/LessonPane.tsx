import type { ReactNode } from 'react';
import type { LessonText } from '../../../lesson/pack/lesson-text.ts';
import { useT } from '../../i18n/t.ts';
import type { Learning, Place } from '../../store/lessons/learning.ts';
import type { LessonRun } from '../../store/lessons/lesson-run.ts';
import button from '../../ui/Button.module.css';
import { Button } from '../../ui/Button.tsx';
import { LiveRegion } from '../../ui/LiveRegion.tsx';
import { useLive } from '../../ui/use-live.ts';
import type { EvidenceCall } from './evidence-text.ts';
import styles from './Lesson.module.css';
import { LessonMarkdown } from './LessonMarkdown.tsx';
import { PredictBox } from './PredictBox.tsx';
import { StepItem } from './StepItem.tsx';

type LessonPaneProps = {
  readonly learning: Learning;
  readonly run: LessonRun;
  readonly place: Place;
  readonly text: LessonText;
  /** Where a lesson stands; without one, where the list does. */
  readonly hrefOf: (lesson?: string) => string;
  readonly onEvidence: (call: EvidenceCall) => void;
  readonly onHint: () => void;
  readonly onShow: () => void;
  readonly onStop: () => void;
  readonly onAgain: () => void;
};

/** A lesson: what to expect, what to do step by step, and what to take away. */
export function LessonPane({ learning, run, place, text, hrefOf, onEvidence, ...on }: LessonPaneProps) {
  const { learn } = useT();
  useLive(run);
  useLive(learning);
  const { lesson } = run;
  const { pack } = learning;
  const count = lesson.steps.length;
  const stored = learning.progress.of(run.pack, lesson.id);
  const metIndex = lesson.steps.findIndex(({ id }) => id === run.lastMet);
  const toLesson = (id: string) => hrefOf(id);
  return (
    <section id="lesson" tabIndex={-1} aria-label={learn.lesson} className={styles.lesson}>
      <div className={styles.where}>
        <a href={hrefOf()}>‹ {learning.titleOf(place.content.part)}</a>
        <span>{learn.place(place.number, pack?.lessons.length ?? 0)}</span>
        <progress
          aria-label={learn.stepsDone}
          aria-valuetext={learn.stepsDoneText(run.doneCount, count)}
          value={run.doneCount}
          max={count}
        />
      </div>
      <div className={styles.body}>
        <h1 className={styles.title}>{text.title}</h1>
        <div className={styles.goal}>
          <LessonMarkdown text={text.goal} hrefOf={toLesson} />
        </div>
        <PredictBox run={run} progress={learning.progress} text={text.predict} hrefOf={toLesson} />
        <ol aria-label={learn.steps} className={styles.steps}>
          {lesson.steps.map((step, index) => {
            const words = text.steps[step.id];
            const rev = stored?.steps[step.id]?.rev;
            return words ? (
              <StepItem
                key={step.id}
                run={run}
                step={step}
                number={index + 1}
                text={words}
                hrefOf={toLesson}
                onEvidence={onEvidence}
                isChanged={rev !== undefined && rev < step.rev}
              />
            ) : null;
          })}
        </ol>
        {run.current ? null : (
          <section aria-label={learn.takeaway} className={styles.takeaway}>
            <h2>{learn.takeaway}</h2>
            <LessonMarkdown text={text.takeaway} hrefOf={toLesson} />
          </section>
        )}
      </div>
      <Foot run={run} place={place} hrefOf={hrefOf} {...on} />
      <LiveRegion text={metIndex < 0 ? '' : learn.announced(metIndex + 1)} />
    </section>
  );
}

type FootProps = Pick<LessonPaneProps, 'run' | 'place' | 'hrefOf' | 'onHint' | 'onShow' | 'onStop' | 'onAgain'>;
function Foot({ run, place, hrefOf, onHint, onShow, onStop, onAgain }: FootProps) {
  const { learn } = useT();
  const { current, isShowing } = run;
  return (
    <div className={styles.foot}>
      {place.previous ? <LinkButton href={hrefOf(place.previous.lesson.id)}>{learn.back}</LinkButton> : null}
      {current ? (
        <>
          <Button className={run.isHintDue ? styles.due : undefined} isDisabled={isShowing} onClick={onHint}>
            {learn.hint}
          </Button>
          <Button onClick={isShowing ? onStop : onShow}>{isShowing ? learn.stopShowing : learn.showMe}</Button>
        </>
      ) : null}
      {run.doneCount > 0 ? <Button onClick={onAgain}>{learn.startAgain}</Button> : null}
      <span className={styles.gap} />
      {place.next ? (
        <LinkButton href={hrefOf(place.next.lesson.id)} isPrimary={current === undefined}>
          {learn.next}
        </LinkButton>
      ) : (
        <LinkButton href={hrefOf()}>{learn.lessons}</LinkButton>
      )}
    </div>
  );
}

type LinkButtonProps = { readonly href: string; readonly isPrimary?: boolean; readonly children: ReactNode };
function LinkButton({ href, isPrimary = false, children }: LinkButtonProps) {
  return (
    <a href={href} className={`${styles.link} ${button.button} ${isPrimary ? button.primary : ''}`}>
      {children}
    </a>
  );
}
