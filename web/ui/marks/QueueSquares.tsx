import styles from './QueueSquares.module.css';

const SQUARES_MAX = 10;

type QueueSquaresProps = { readonly filled: number; readonly places: number; readonly label: string };

/** A queue as a row of squares, the taken ones filled. More places than can be counted at a glance are left to the label. */
export function QueueSquares({ filled, places, label }: QueueSquaresProps) {
  const shown = Math.min(SQUARES_MAX, Math.max(filled, places));
  return (
    <span role="img" aria-label={label} title={label} className={styles.queue}>
      {Array.from({ length: shown }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place in a queue is its index.
        <i key={place} data-taken={place < filled || undefined} />
      ))}
    </span>
  );
}
