import { useId, useState } from 'react';
import { isScript, parseScript } from '../../../trace/script/parse-script.ts';
import { ScriptRun } from '../../../trace/script/script-run.ts';
import type { MessageToolsWords } from '../../i18n/en/message-tools.ts';
import { useScriptWords } from '../../i18n/script-words.ts';
import { browserClock } from '../../platform/browser-gateway.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import { play } from '../../store/script-socket.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './MessageTools.module.css';

type SequenceFieldsProps = {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly live: LiveSocket | undefined;
  readonly t: MessageToolsWords;
};

/** Send, wait for, send: written down, and played on the connection that is looked at. */
export function SequenceFields({ text, onChange, live, t }: SequenceFieldsProps) {
  const id = useId();
  const { problem: inLine, problems } = useScriptWords();
  const [problem, setProblem] = useState('');

  function run(): void {
    const script = parseScript(text);
    if (!isScript(script)) setProblem(inLine(script.line, problems[script.reason]));
    else if (script.steps.length + script.rules.length === 0) setProblem(t.emptySequence);
    else if (!live?.canSend) setProblem(t.noSocket);
    else {
      setProblem('');
      play(live, (socket) => new ScriptRun(script, socket, browserClock));
    }
  }
  return (
    <div className={styles.sequence}>
      <label htmlFor={id} className={styles.legend}>
        {t.sequence}
      </label>
      <textarea
        id={id}
        className={styles.text}
        rows={3}
        value={text}
        placeholder={t.sequenceExample}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${id}-hint`} className={styles.about}>
        {t.sequenceHint}.
      </p>
      <div className={styles.row}>
        <Button onClick={run}>{t.run}</Button>
        <span role="status" className={styles.problem}>
          {problem}
        </span>
      </div>
    </div>
  );
}
