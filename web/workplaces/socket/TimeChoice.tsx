import type { LadderTime } from '../../features/ladder/LadderGrid.tsx';
import { useT } from '../../i18n/t.ts';
import styles from './ViewTabs.module.css';

type TimeChoiceProps = { readonly time: LadderTime; readonly onTime: (time: LadderTime) => void };

/** What the times of the ladder count from. */
export function TimeChoice({ time, onTime }: TimeChoiceProps) {
  const { times, timesLabel } = useT().app.play;
  return (
    <select
      aria-label={timesLabel}
      className={styles.times}
      value={time}
      onChange={(event) => onTime(parseTime(event.target.value))}
    >
      <option value="since">{times.since}</option>
      <option value="clock">{times.clock}</option>
    </select>
  );
}

export function parseTime(stored: unknown): LadderTime {
  return stored === 'clock' ? 'clock' : 'since';
}
