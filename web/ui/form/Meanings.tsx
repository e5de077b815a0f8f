import styles from './Meanings.module.css';

type MeaningsProps = {
  readonly summary: string;
  readonly items: readonly { readonly term: string; readonly text: string }[];
};

/** What the words of a panel mean, one press away: a hint of the pointer is none for fingers and keys. */
export function Meanings({ summary, items }: MeaningsProps) {
  return (
    <details className={styles.meanings}>
      <summary>{summary}</summary>
      <dl>
        {items.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
