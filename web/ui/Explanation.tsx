import type { ReactNode } from 'react';
import styles from './Explanation.module.css';

type ExplanationProps = {
  readonly title: ReactNode;
  readonly facts: readonly { readonly term: string; readonly detail: string; readonly isCode?: boolean }[];
  readonly tone?: 'bad' | 'wait';
  readonly children?: ReactNode;
};

/** A trouble explained: what happened in the title, then term and detail. `children`: what can be done at once. */
export function Explanation({ title, facts, tone = 'bad', children }: ExplanationProps) {
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
      {children === undefined ? null : <div className={styles.actions}>{children}</div>}
    </div>
  );
}
