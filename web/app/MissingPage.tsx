import { useT } from '../i18n/t.ts';
import styles from '../ui/panes/Message.module.css';
import { followLink, pathOf } from './router.ts';

export function MissingPage({ base }: { readonly base: string }) {
  const { missing } = useT().app;
  return (
    <div className={styles.message}>
      <h1>{missing.title}</h1>
      <p>{missing.body}</p>
      <a href={pathOf(base, 'play')} onClick={followLink}>
        {missing.back}
      </a>
    </div>
  );
}
