import { useSyncExternalStore } from 'react';
import type { Messages } from '../../i18n/en.ts';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import type { ReplayStatus as Status } from './replay-run.ts';
import styles from './SaveBar.module.css';
import type { Replay } from './use-replay.ts';

/** How far a replay has come, and the way to stop it. */
export function ReplayStatus({ run, plan }: Replay) {
  const t = useT();
  useSyncExternalStore(run.subscribe, run.version);
  return (
    <>
      <span>{statusText(t, run.status)}</span>
      {plan.missing ? <span>{missingText(t, plan.kind, plan.missing.sent)}</span> : null}
      {run.status.phase === 'running' ? (
        <Button className={styles.stop} onClick={() => run.stop()}>
          {t.save.stop}
        </Button>
      ) : null}
    </>
  );
}

/** Of what the recording has no calls any more. */
function missingText({ save }: Messages, kind: Replay['plan']['kind'], sent: number): string {
  return kind === 'udp' ? save.missingDatagrams : save.missing(sent);
}

function statusText({ save }: Messages, { phase, done, total, missing }: Status): string {
  if (phase === 'done') return save.done;
  if (phase === 'cut') return save.cut(done, total);
  if (phase === 'stopped') return save.stopped;
  return missing > 0 ? `${save.step(done, total)} ${save.waiting(missing)}` : save.step(done, total);
}
