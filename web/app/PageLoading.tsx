import { useT } from '../i18n/t.ts';
import styles from './App.module.css';

/** Stands where a page will be when its code has come. */
export function PageLoading() {
  const { app } = useT();
  return <p className={styles.loading}>{app.loading}</p>;
}
