import { type FormEvent, useId, useState } from 'react';
import type { QuestionText } from '../../../lesson/pack/lesson-text.ts';
import type { Question } from '../../../lesson/schema/schema.ts';
import { Button } from '../../ui/Button.tsx';
import field from '../../ui/form/Input.module.css';
import styles from './Lesson.module.css';
import { LessonLine } from './LessonMarkdown.tsx';

type QuestionFormProps = {
  readonly question: Question;
  readonly text: QuestionText;
  readonly hrefOf: (lesson: string) => string;
  /** The word on its button. */
  readonly button: string;
  /** What was answered before. */
  readonly answered: string | number | undefined;
  readonly onAnswer: (value: string | number) => void;
};

/** A question with its choices, or with a line for a number or a text. */
export function QuestionForm({ question, text, hrefOf, button, answered, onAnswer }: QuestionFormProps) {
  const id = useId();
  const [draft, setDraft] = useState(answered === undefined ? '' : String(answered));
  const { choices } = question;
  const value = question.number ? Number(draft) : draft;
  const isReady = draft.trim() !== '' && !(question.number && Number.isNaN(value));

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (isReady) onAnswer(typeof value === 'string' ? value.trim() : value);
  }
  return (
    <form className={styles.question} onSubmit={onSubmit} noValidate>
      {choices ? (
        <div role="radiogroup" aria-labelledby={id} className={styles.choices}>
          <p id={id}>
            <LessonLine text={text.text} hrefOf={hrefOf} />
          </p>
          {text.choices.map((choice) => (
            <label key={choice.id} className={styles.choice}>
              <input
                type="radio"
                name={id}
                value={choice.id}
                checked={draft === choice.id}
                onChange={() => setDraft(choice.id)}
              />
              <span>
                <LessonLine text={choice.text} hrefOf={hrefOf} />
              </span>
            </label>
          ))}
        </div>
      ) : (
        <label className={styles.blank}>
          <span id={id}>
            <LessonLine text={text.text} hrefOf={hrefOf} />
          </span>
          <input
            aria-labelledby={id}
            className={`${field.input} ${field.mono}`}
            type="text"
            inputMode={question.number ? 'numeric' : 'text'}
            autoComplete="off"
            spellCheck={false}
            maxLength={question.text?.max ?? 16}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
          />
        </label>
      )}
      <Button type="submit" isDisabled={!isReady}>
        {button}
      </Button>
    </form>
  );
}
