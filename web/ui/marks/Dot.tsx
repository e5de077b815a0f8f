import styles from './Dot.module.css';

/** Decoration beside words that say the same: its shape differs too, for those who do not see the colours apart. */
export function Dot({ tone }: { readonly tone: 'good' | 'wait' | 'bad' | 'off' }) {
  return <span aria-hidden="true" className={`${styles.dot} ${styles[tone]}`} />;
}
