import { useState } from 'react';
import type { StepText } from '../../../lesson/pack/lesson-text.ts';
import type { Step } from '../../../lesson/schema/schema.ts';
import { useT } from '../../i18n/t.ts';
import type { LessonRun, StepState } from '../../store/lessons/lesson-run.ts';
import hidden from '../../ui/hidden.module.css';
import { clockTime, type EvidenceCall, evidenceCall } from './evidence-text.ts';
import styles from './Lesson.module.css';
import { LessonMarkdown } from './LessonMarkdown.tsx';
import { PeerTrial } from './peers/PeerTrial.tsx';
import { QuestionForm } from './QuestionForm.tsx';
import { WaitingLines } from './WaitingLines.tsx';

/** States that the mark and the line below say to the eye. */
const SAID_OTHERWISE: ReadonlySet<StepState['kind']> = new Set(['waiting', 'later', 'met', 'shown']);

type StepItemProps = {
  readonly run: LessonRun;
  readonly step: Step;
  readonly number: number;
  readonly text: StepText;
  readonly hrefOf: (lesson: string) => string;
  /** Its row is to be looked at. */
  readonly onEvidence: (call: EvidenceCall) => void;
  /** Its check has changed since it was done. */
  readonly isChanged: boolean;
};

/** One step: open while it is waited for, one line with what it was met by when it is behind. */
export function StepItem({ run, step, number, text, hrefOf, onEvidence, isChanged }: StepItemProps) {
  const { learn } = useT();
  const [isOpened, setOpened] = useState(false);
  const state = run.stateOf(step.id);
  const isCurrent = state.kind === 'waiting';
  const isBehind = state.kind !== 'waiting' && state.kind !== 'later';
  return (
    <li
      id={`step-${step.id}`}
      className={styles.step}
      data-state={state.kind}
      aria-label={learn.step(number, text.title)}
      aria-current={isCurrent ? 'step' : undefined}
    >
      <span aria-hidden="true" className={styles.mark}>
        {isBehind ? '✓' : number}
      </span>
      <div className={styles.stepBody}>
        <h2 className={styles.stepTitle}>
          {isBehind ? (
            <button type="button" aria-expanded={isOpened} onClick={() => setOpened(!isOpened)}>
              {text.title}
            </button>
          ) : (
            text.title
          )}
        </h2>
        <p
          role="status"
          aria-label={learn.stepState}
          className={SAID_OTHERWISE.has(state.kind) ? hidden.hidden : styles.state}
        >
          {stateText(learn, state)}
        </p>
        <MetBy run={run} state={state} onEvidence={onEvidence} />
        {isChanged && isCurrent ? <p className={styles.hintText}>{learn.changed}</p> : null}
        {isCurrent || isOpened ? (
          <div className={styles.text}>
            <LessonMarkdown text={text.body} hrefOf={hrefOf} />
          </div>
        ) : null}
        {isCurrent ? <Open run={run} step={step} text={text} hrefOf={hrefOf} /> : null}
        {isBehind && text.met !== '' ? (
          <div className={styles.seen}>
            <LessonMarkdown text={text.met} hrefOf={hrefOf} />
          </div>
        ) : null}
      </div>
    </li>
  );
}

type OpenProps = Pick<StepItemProps, 'run' | 'step' | 'text' | 'hrefOf'>;
/** What can be answered, what is waited for, and the hints. */
function Open({ run, step, text, hrefOf }: OpenProps) {
  const { learn } = useT();
  const { hints } = run;
  return (
    <>
      {(step.questions ?? []).map((question) => {
        const words = text.questions[question.id];
        if (!words) return null;
        const isAnswered = run.answerTo(question.id) !== undefined;
        const verdict = run.isWrong(question.id) ? learn.notThat : learn.answered;
        return (
          <div key={question.id}>
            <QuestionForm
              question={question}
              text={words}
              hrefOf={hrefOf}
              button={learn.answer}
              answered={run.answerTo(question.id)}
              onAnswer={(value) => run.answer(question.id, value)}
            />
            <p role="status" className={styles.outcome}>
              {isAnswered ? verdict : null}
            </p>
          </div>
        );
      })}
      {step.peers?.map((peer, index, { length }) => (
        <PeerTrial key={peer.id} run={run} peer={peer} number={index + 1} count={length} />
      ))}
      <WaitingLines run={run} />
      <div role="status" aria-label={learn.hint} className={styles.hints}>
        {hints.map((id) => (
          <div key={id} className={styles.hint}>
            <LessonMarkdown text={text.hints[id] ?? ''} hrefOf={hrefOf} />
          </div>
        ))}
      </div>
    </>
  );
}

type MetByProps = {
  readonly run: LessonRun;
  readonly state: StepState;
  readonly onEvidence: (call: EvidenceCall) => void;
};
function MetBy({ run, state, onEvidence }: MetByProps) {
  const { learn } = useT();
  if (state.kind !== 'met' && state.kind !== 'shown') return null;
  const call = evidenceCall(run.facts, state.evidence);
  const isMet = state.kind === 'met';
  if (!call) {
    const time = clockTime(state.at);
    return <p className={styles.state}>{isMet ? learn.metAt(time) : learn.shownAt(time)}</p>;
  }
  return (
    <p className={styles.state}>
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to a place of this page, the row of the call. */}
      <a
        href="#workplace"
        onClick={(event) => {
          event.preventDefault();
          onEvidence(call);
        }}
      >
        {isMet ? learn.metBy(call.text, call.time) : learn.shownBy(call.text, call.time)}
      </a>
    </p>
  );
}

function stateText(learn: ReturnType<typeof useT>['learn'], state: StepState): string {
  return state.kind === 'skipped' ? learn.state.skipped(learn.needs[state.need]) : learn.state[state.kind];
}
