import { useState } from 'react';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { ScriptRun } from '../../../trace/script/script-run.ts';
import type { MessageToolsWords } from '../../i18n/en/message-tools.ts';
import { browserClock } from '../../platform/browser-gateway.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import { play } from '../../store/script-socket.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import { Fieldset } from '../../ui/panes/Panel.tsx';
import type { Draft } from './draft.ts';
import styles from './MessageTools.module.css';
import {
  EVERY_MAX,
  EVERY_MIN,
  FIRST_REPEAT,
  messageScript,
  parseRepeat,
  type RepeatErrors,
  TIMES_MAX,
} from './repeat-draft.ts';

type RepeatFieldsProps = {
  readonly draft: Draft;
  readonly live: LiveSocket | undefined;
  readonly t: MessageToolsWords;
};

/** The message again and again: how often, and at what distance. */
export function RepeatFields({ draft, live, t }: RepeatFieldsProps) {
  const [fields, setFields] = useState(FIRST_REPEAT);
  const [errors, setErrors] = useState<RepeatErrors>({});
  const [problem, setProblem] = useState('');

  function start(): void {
    const repeat = parseRepeat(fields);
    setErrors('errors' in repeat ? repeat.errors : {});
    setProblem(live?.canSend ? '' : t.noSocket);
    if ('errors' in repeat || !live?.canSend) return;
    try {
      const script = messageScript(draft);
      play(live, (socket) => new ScriptRun(script, socket, browserClock, repeat));
    } catch (error) {
      if (!(error instanceof PlaygroundError)) throw error;
      setProblem(t.notBytes);
    }
  }
  return (
    <Fieldset legend={t.repeat} hint={`${t.repeatHint}.`}>
      <TextField
        label={t.times}
        inputMode="numeric"
        autoComplete="off"
        value={fields.times}
        error={errors.times && t.timesInvalid(TIMES_MAX)}
        onChange={(times) => setFields({ ...fields, times })}
      />
      <TextField
        label={t.every}
        inputMode="numeric"
        autoComplete="off"
        value={fields.every}
        error={errors.every && t.everyInvalid(EVERY_MIN, EVERY_MAX)}
        onChange={(every) => setFields({ ...fields, every })}
      />
      <Button onClick={start}>{t.start}</Button>
      <span role="status" className={styles.problem}>
        {problem}
      </span>
    </Fieldset>
  );
}
