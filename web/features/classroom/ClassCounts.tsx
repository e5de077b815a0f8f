import { useClassWords } from '../../i18n/class-words.ts';
import type { ClassCounts as Counts, Show } from '../../store/classroom/seat-rows.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Teach.module.css';

type ClassCountsProps = { readonly counts: Counts; readonly onShow: (show: Show) => void };

/** How the class stands; what can be filtered by is a button. */
export function ClassCounts({ counts, onShow }: ClassCountsProps) {
  const { teach } = useClassWords();
  const { here, seats, sockets, stuck, asks, median } = counts;
  const words = teach.counts;
  return (
    <ul aria-label={words.label} className={styles.counts}>
      <li>
        <Button look="quiet" onClick={() => onShow('all')}>
          {words.here(here, seats)}
        </Button>
      </li>
      <li>{words.sockets(sockets)}</li>
      <li>
        <Button look="quiet" className={stuck > 0 ? styles.bad : undefined} onClick={() => onShow('stuck')}>
          {words.stuck(stuck)}
        </Button>
      </li>
      <li>
        <Button look="quiet" className={asks > 0 ? styles.wait : undefined} onClick={() => onShow('asks')}>
          {words.asks(asks)}
        </Button>
      </li>
      {median ? <li>{words.median(median.step, median.of)}</li> : null}
    </ul>
  );
}
