import { useT } from '../../i18n/t.ts';
import type { Workbench } from '../../store/programs/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/panes/Notice.module.css';

/** The first visit fetches Python: how far it is. */
export function LoadingBar({ workbench }: { readonly workbench: Workbench }) {
  const t = useT().program.loading;
  const { loading } = workbench;
  if (loading.phase === 'ready') return null;
  if (loading.phase === 'failed') {
    return (
      <div role="alert" className={styles.notice}>
        {t.failed(loading.reason)}
        <Button onClick={() => void workbench.load()}>{t.retry}</Button>
      </div>
    );
  }
  return (
    <div className={styles.notice}>
      <span>{t.text}</span>
      <progress aria-label={t.label} max={1} value={loading.part} />
    </div>
  );
}
