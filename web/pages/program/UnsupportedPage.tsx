import { useT } from '../../i18n/t.ts';
import styles from './ProgramPage.module.css';

export function UnsupportedPage({ base }: { readonly base: string }) {
  const t = useT().program.unsupported;
  return (
    <div className={styles.unsupported}>
      <h1>{t.title}</h1>
      <p>{t.body}</p>
      <a href={base}>{t.back}</a>
    </div>
  );
}
