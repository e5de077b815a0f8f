import { useT } from '../../i18n/t.ts';
import styles from './Ladder.module.css';

/** Who the other end is, and whether its calls are reported. */
export function PeerHead({ name, isObserved }: { readonly name: string; readonly isObserved: boolean }) {
  const t = useT();
  return (
    <span className={styles.peerHead}>
      <b>{name}</b>
      {!isObserved && <span title={t.ladder.unobservedHint}> · {t.ladder.unobserved}</span>}
    </span>
  );
}
