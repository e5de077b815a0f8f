import { useSyncExternalStore } from 'react';
import type { Messages } from '../../i18n/en.ts';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import type { ReplayRun, ReplayStatus as Status } from './replay-run.ts';
import styles from './SaveBar.module.css';

/** How far a replay has come, and the way to stop it. */
export function ReplayStatus({ run }: { readonly run: ReplayRun }) {
  const t = useT();
  useSyncExternalStore(run.subscribe, run.version);
  return (
    <>
      <span>{statusText(t, run.status)}</span>
      {run.status.phase === 'running' ? (
        <Button className={styles.stop} onClick={() => run.stop()}>
          {t.save.stop}
        </Button>
      ) : null}
    </>
  );
}

function statusText({ save }: Messages, { phase, done, total, missing }: Status): string {
  if (phase === 'done') return save.done;
  if (phase === 'cut') return save.cut(done, total);
  if (phase === 'stopped') return save.stopped;
  return missing > 0 ? `${save.step(done, total)} ${save.waiting(missing)}` : save.step(done, total);
}
