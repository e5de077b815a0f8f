import { useId, useState } from 'react';
import { useT } from '../../../i18n/t.ts';
import { parsePeers, TASK_TEXT_MAX, type Task } from '../../../store/tasks/task.ts';
import { Button } from '../../../ui/Button.tsx';
import styles from './TaskPane.module.css';

type TaskEditorProps = { readonly task: Task; readonly onTask: (task: Task | undefined) => void };

/** Who sets a task writes it here; the link that is shared then carries it. */
export function TaskEditor({ task, onTask }: TaskEditorProps) {
  const t = useT().program.task;
  const [script, setScript] = useState(() => JSON.stringify(task.peers, undefined, 2));
  const [text, setText] = useState(task.text);
  const id = useId();
  const parsed = parsePeers(script);
  const wrong = 'wrong' in parsed ? parsed.wrong : undefined;
  function change(nextText: string, nextScript: string): void {
    setText(nextText);
    setScript(nextScript);
    const next = parsePeers(nextScript);
    if ('peers' in next) onTask({ text: nextText, peers: next.peers });
  }
  return (
    <div className={styles.editor}>
      <label htmlFor={`${id}-text`}>{t.text}</label>
      <textarea
        id={`${id}-text`}
        rows={4}
        maxLength={TASK_TEXT_MAX}
        value={text}
        onChange={({ target }) => change(target.value, script)}
      />
      <label htmlFor={`${id}-script`}>{t.script}</label>
      <textarea
        id={`${id}-script`}
        className={styles.json}
        rows={12}
        spellCheck={false}
        autoCapitalize="off"
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-hint`}
        value={script}
        onChange={({ target }) => change(text, target.value)}
      />
      <p id={`${id}-hint`} className={styles.hint}>
        {t.scriptHint}
      </p>
      {wrong === undefined ? null : (
        <p role="alert" className={styles.wrong}>
          {t.wrong(wrong)}
        </p>
      )}
      <Button onClick={() => onTask(undefined)}>{t.remove}</Button>
    </div>
  );
}
