import type { ReactNode } from 'react';
import styles from './Explanation.module.css';

type ExplanationProps = {
  readonly title: ReactNode;
  readonly facts: readonly { readonly term: string; readonly detail: string; readonly isCode?: boolean }[];
  /** What holds of the whole card, in small print. */
  readonly note?: string;
  readonly tone?: 'bad' | 'wait';
  readonly children?: ReactNode;
};

/** A trouble explained: what happened in the title, then term and detail. `children`: what can be done at once. */
export function Explanation({ title, facts, note = '', tone = 'bad', children }: ExplanationProps) {
  return (
    <div className={`${styles.card} ${styles[tone]}`}>
      <p className={styles.title}>{title}</p>
      <dl className={styles.facts}>
        {facts.map(({ term, detail, isCode }) => (
          <div key={term} className={styles.fact}>
            <dt>{term}</dt>
            <dd>{isCode ? <code>{detail}</code> : detail}</dd>
          </div>
        ))}
      </dl>
      {note === '' ? null : <p className={styles.note}>{note}</p>}
      {children === undefined ? null : <div className={styles.actions}>{children}</div>}
    </div>
  );
}
