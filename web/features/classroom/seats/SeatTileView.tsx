import { useClassWords } from '../../../i18n/class-words.ts';
import type { SeatRow } from '../../../store/classroom/seat-rows.ts';
import { Dot } from '../../../ui/marks/Dot.tsx';
import styles from '../Teach.module.css';
import type { Density } from './density.ts';
import { seatStatus, whoIs } from './seat-text.ts';

type SeatTileViewProps = { readonly row: SeatRow; readonly density: Density; readonly isHiding: boolean };

/** One seat: a card with its last call, or a chip with its number. Its words are the cell's name. */
export function SeatTileView({ row, density, isHiding }: SeatTileViewProps) {
  const { teach } = useClassWords();
  const { tile } = row;
  const tone = row.stuck ? 'bad' : row.hasHand || row.asksEntry ? 'wait' : row.isAway ? 'off' : 'good';
  if (density === 'chips') {
    return (
      <span className={styles.chip} data-tone={tone}>
        <Dot tone={tone} />
        {String(row.seat).padStart(2, '0')}
      </span>
    );
  }
  return (
    <span className={styles.card} data-tone={tone}>
      <span className={styles.who}>
        <b>{whoIs(teach, row, isHiding)}</b>
        <Dot tone={tone} />
      </span>
      <span className={styles.steps}>
        {Array.from({ length: tile.of }, (_, index) => index + 1).map((step) => (
          <i key={step} data-state={row.isDone || step < tile.step ? 'done' : step === tile.step ? 'now' : 'later'} />
        ))}
      </span>
      <span className={styles.call}>{seatStatus(teach, row) ?? (tile.text || ' ')}</span>
    </span>
  );
}
