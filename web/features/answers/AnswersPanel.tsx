import { useId, useState } from 'react';
import { isScript } from '../../../trace/script/parse-script.ts';
import { ScriptRun } from '../../../trace/script/script-run.ts';
import { useScriptWords } from '../../i18n/script-words.ts';
import { browserClock } from '../../platform/browser-gateway.ts';
import { answeringOf, answersOf } from '../../store/answering.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import { play } from '../../store/script-socket.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import styles from './AnswersPanel.module.css';
import { ANSWER_KINDS, type AnswerKind, answerScript, parseKind, type ScriptedKind } from './answers-draft.ts';
import { useAnswerWords } from './answers-words.ts';
import { RelayFields } from './RelayFields.tsx';
import type { RelayContext } from './relay-context.ts';

type AnswersPanelProps = { readonly live: LiveSocket; readonly relay: RelayContext };

/** What a listener of one's own does with those who connect. It is for those that come from now on. */
export function AnswersPanel({ live, relay }: AnswersPanelProps) {
  const t = useAnswerWords();
  const { problem: inLine, problems } = useScriptWords();
  const id = useId();
  const [kind, setKind] = useState<AnswerKind>(() => parseKind(answersOf(live)?.kind));
  const [text, setText] = useState(answersOf(live)?.text ?? '');
  const [outcome, setOutcome] = useState('');

  function apply(next: ScriptedKind, from: string): void {
    const script = answerScript(next, from);
    if (!isScript(script)) {
      setOutcome(inLine(script.line, problems[script.reason]));
      return;
    }
    const begin = (accepted: LiveSocket) =>
      play(accepted, (socket) => new ScriptRun(script, socket, browserClock, { from: 0 }));
    answeringOf(live).set({ kind: next, text: from, begin });
    setOutcome(t.applied);
  }
  function choose(next: AnswerKind): void {
    setKind(next);
    setOutcome('');
    // What has nothing to be written down holds at once.
    if (next === 'hand') answeringOf(live).set(undefined);
    else if (next === 'echo') apply(next, '');
  }
  return (
    <section aria-label={t.label} className={styles.panel}>
      <div className={styles.row}>
        <RadioGroup
          label={t.kind}
          caption={t.label}
          value={kind}
          options={ANSWER_KINDS.map((value) => ({ value, label: t.kinds[value] }))}
          onChange={choose}
        />
        <span id={`${id}-about`} className={styles.about}>
          {t.about[kind]}
        </span>
        <span role="status">{outcome}</span>
      </div>
      {kind === 'relay' ? <RelayFields live={live} relay={relay} onOutcome={setOutcome} /> : null}
      {kind === 'fixed' || kind === 'rules' ? (
        <div className={styles.row}>
          <textarea
            aria-label={t[kind]}
            aria-describedby={`${id}-about`}
            className={styles.text}
            rows={kind === 'rules' ? 4 : 1}
            value={text}
            placeholder={kind === 'rules' ? t.rulesExample : 'OK\\r\\n'}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => setText(target.value)}
          />
          <Button onClick={() => apply(kind, text)}>{t.apply}</Button>
        </div>
      ) : null}
    </section>
  );
}
