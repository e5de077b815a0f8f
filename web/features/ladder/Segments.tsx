import type { Column } from '../../../trace/ladder/source.ts';
import type { Inferred } from '../../../trace/ladder/wire.ts';
import styles from './Segments.module.css';

/** Segments that cross the wire in turn (RFC 9293 §3.5): `forth` from the end that calls connect(). */
const EXCHANGES = {
  handshake: [
    ['SYN', 'forth'],
    ['SYN-ACK', 'back'],
    ['ACK', 'forth'],
  ],
  refused: [
    ['SYN', 'forth'],
    ['RST', 'back'],
  ],
} as const;

export function isExchange(what: Inferred): what is keyof typeof EXCHANGES {
  return what in EXCHANGES;
}

/** A thin arrow for each segment, in its own direction. */
export function Segments({ of, to }: { readonly of: keyof typeof EXCHANGES; readonly to: Column }) {
  const other = to === 'right' ? 'left' : 'right';
  return (
    <span className={styles.exchange}>
      {EXCHANGES[of].map(([name, way]) => (
        <span key={name} className={styles.segment} data-to={way === 'forth' ? to : other}>
          {name}
        </span>
      ))}
    </span>
  );
}
