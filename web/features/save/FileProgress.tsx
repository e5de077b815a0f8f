import { useSyncExternalStore } from 'react';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import type { RunningJob } from './file-job.ts';
import styles from './SaveBar.module.css';

/** How far a large file has come, and the way to stop it. One that is there at once shows nothing. */
export function FileProgress({ job }: { readonly job: RunningJob }) {
  const { save: t } = useT();
  const progress = useSyncExternalStore(job.subscribe, () => job.progress);
  // Without a value it is indeterminate.
  const value = progress === undefined ? {} : { value: progress };
  return (
    <div className={styles.progress}>
      <progress aria-label={t.progress} {...value} />
      <Button onClick={() => job.cancel()}>{t.cancel}</Button>
    </div>
  );
}
