import type { LadderTime } from '../../features/ladder/LadderGrid.tsx';
import { useT } from '../../i18n/t.ts';
import { Select } from '../../ui/form/Select.tsx';
import styles from './ViewTabs.module.css';

type TimeChoiceProps = { readonly time: LadderTime; readonly onTime: (time: LadderTime) => void };

/** What the times of the ladder count from. */
export function TimeChoice({ time, onTime }: TimeChoiceProps) {
  const { times, timesLabel } = useT().app.play;
  return (
    <Select
      label={timesLabel}
      className={styles.times}
      options={[
        { value: 'since', label: times.since },
        { value: 'clock', label: times.clock },
      ]}
      value={time}
      onChange={onTime}
    />
  );
}

export function parseTime(stored: unknown): LadderTime {
  return stored === 'clock' ? 'clock' : 'since';
}
