import { type KeyboardEvent, useState } from 'react';
import { useT } from '../../i18n/t.ts';
import type { Program } from '../../store/programs/program.ts';
import styles from './ThreadConsole.module.css';

type ThreadConsoleProps = { readonly program: Program; readonly ident: number; readonly name: string };

/** A line of Python for a thread that stands or waits: it runs in the thread's frame, with its variables. */
export function ThreadConsole({ program, ident, name }: ThreadConsoleProps) {
  const t = useT().program.steps.console;
  const [text, setText] = useState('');
  const [back, setBack] = useState(0);
  const entries = program.console.entries.filter((entry) => entry.ident === ident);

  function recall(step: number): void {
    const next = Math.min(entries.length, Math.max(0, back + step));
    setBack(next);
    setText(next === 0 ? '' : (entries.at(-next)?.text ?? ''));
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      recall(event.key === 'ArrowUp' ? 1 : -1);
    } else if (event.key === 'Enter' && text.trim() !== '') {
      event.preventDefault();
      program.evaluate(ident, text);
      setText('');
      setBack(0);
    }
  }
  return (
    <div className={styles.console}>
      <div role="log" aria-label={t.log(program.file, name)}>
        {entries.map(({ id, text: typed, answer }) => (
          <div key={id}>
            <code className={styles.typed}>{`>>> ${typed}`}</code>
            {answer && !answer.isThere ? <span className={styles.gone}>{t.gone}</span> : null}
            {answer?.text ? <code className={answer.isError ? styles.error : styles.answer}>{answer.text}</code> : null}
          </div>
        ))}
      </div>
      <label className={styles.line}>
        <code aria-hidden="true">{'>>>'}</code>
        <input
          aria-label={t.input(program.file, name)}
          placeholder={t.placeholder}
          title={t.hint}
          value={text}
          maxLength={1_000}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={onKeyDown}
        />
      </label>
    </div>
  );
}
