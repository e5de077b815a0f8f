import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './EventTable.module.css';
import type { EventChoice } from './use-event-rows.ts';

type MeasureProps = {
  readonly first: EventChoice | undefined;
  readonly second: EventChoice | undefined;
  readonly onFirst: (choice: EventChoice | undefined) => void;
};

/** The time between two chosen rows. The first is kept by a button here, or by Shift as the second is chosen. */
export function Measure({ first, second, onFirst }: MeasureProps) {
  const { measure, stopMeasuring, between, chooseSecond } = useT().table;
  if (first === undefined && second === undefined) return null;
  const isTwo = first !== undefined && second !== undefined && !isSame(first, second);
  const from = first && timeOf(first);
  const to = isTwo ? timeOf(second) : undefined;
  return (
    <span className={styles.measure}>
      {first ? (
        <output>
          {from === undefined || to === undefined ? chooseSecond : between(formatSpan(Math.abs(to - from)))}
        </output>
      ) : null}
      {/* One button: the keyboard stays where it was pressed. */}
      <Button onClick={() => onFirst(first ? undefined : second)}>{first ? stopMeasuring : measure}</Button>
    </span>
  );
}

function timeOf({ record, index }: EventChoice): number | undefined {
  return record.log.at(index)?.at;
}
function isSame(one: EventChoice, other: EventChoice): boolean {
  return one.record === other.record && one.index === other.index;
}
