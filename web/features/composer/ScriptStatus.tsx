import { ScriptRun } from '../../../trace/script/script-run.ts';
import { useScriptWords } from '../../i18n/script-words.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import { useLive } from '../../ui/use-live.ts';
import styles from './MessageTools.module.css';

/** How far the script of a socket has come, and the way to stop it. */
export function ScriptStatus({ live }: { readonly live: LiveSocket }) {
  const { driver } = live;
  return driver instanceof ScriptRun ? <Status live={live} script={driver} /> : null;
}

function Status({ live, script }: { readonly live: LiveSocket; readonly script: ScriptRun }) {
  const t = useScriptWords();
  useLive(live);
  useLive(script);
  const { phase, round, times, answers, step } = script.status;
  const facts = [
    times > 1 && t.running.round(round, times),
    answers > 0 && t.running.answers(answers),
    phase === 'running' && step !== undefined && t.running.waits(step),
  ];
  return (
    <section aria-label={t.label} className={styles.script}>
      <span role="status">{phase === 'running' ? t.label : t.ended[phase]}</span>
      <span>{facts.filter(Boolean).join(' · ')}</span>
      {phase === 'running' ? <Button onClick={() => script.stop()}>{t.stop}</Button> : null}
    </section>
  );
}
