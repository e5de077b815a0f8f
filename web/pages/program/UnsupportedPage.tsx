import { useT } from '../../i18n/t.ts';
import styles from './ProgramPage.module.css';

/** `reason`: the browser, or the host, which serves no Python. */
export function UnsupportedPage({ base, reason }: { readonly base: string; readonly reason: 'browser' | 'host' }) {
  const { back, [reason]: t } = useT().program.unsupported;
  return (
    <div className={styles.unsupported}>
      <h1>{t.title}</h1>
      <p>{t.body}</p>
      <a href={base}>{back}</a>
    </div>
  );
}
