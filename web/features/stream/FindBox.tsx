import { type KeyboardEvent, useId } from 'react';
import { useToolWords } from '../../i18n/tool-words.ts';
import { Button } from '../../ui/Button.tsx';
import field from '../../ui/form/Input.module.css';
import styles from './StreamView.module.css';

type FindBoxProps = {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly kind: 'text' | 'hex';
  readonly isInvalid: boolean;
  readonly count: number;
  /** Which match one stands at, from 0. */
  readonly at: number;
  readonly onStep: (by: 1 | -1) => void;
};

/** What is looked for in the conversation, and the ways from one match to the next. */
export function FindBox({ text, onChange, kind, isInvalid, count, at, onStep }: FindBoxProps) {
  const { find } = useToolWords();
  const id = useId();
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && count > 0) onStep(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && text !== '') onChange('');
    else return;
    event.preventDefault();
  }
  const about = isInvalid ? find.invalid : count === 0 ? find.none : find.place(at + 1, count);
  return (
    <div className={styles.find}>
      <label htmlFor={id}>{find.label}</label>
      <input
        id={id}
        type="text"
        className={`${field.input} ${field.mono}`}
        value={text}
        placeholder={find.placeholder[kind]}
        title={find.hint}
        aria-invalid={isInvalid || undefined}
        aria-describedby={`${id}-about`}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button look="quiet" aria-label={find.previous} isDisabled={count === 0} onClick={() => onStep(-1)}>
        <span aria-hidden="true">↑</span>
      </Button>
      <Button look="quiet" aria-label={find.next} isDisabled={count === 0} onClick={() => onStep(1)}>
        <span aria-hidden="true">↓</span>
      </Button>
      <span id={`${id}-about`} aria-live="polite" className={styles.found}>
        {text === '' ? '' : about}
      </span>
    </div>
  );
}
