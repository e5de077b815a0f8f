import { useState } from 'react';
import type { SocketBoundaries, Span } from '../../../trace/boundaries.ts';
import type { Direction } from '../../../trace/event.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { callText, formatCall } from '../../../trace/text/call-text.ts';
import { useT } from '../../i18n/t.ts';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import { Grid } from '../../ui/lists/Grid.tsx';
import toolbar from '../../ui/Toolbar.module.css';
import styles from './BoundariesView.module.css';

type BoundaryTableProps = {
  readonly record: SocketTrace;
  readonly boundaries: SocketBoundaries;
  /** The other end tells of its calls itself. */
  readonly isBothTold: boolean;
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
};
const DIRECTIONS = ['sent', 'received'] as const;

/** What the lens shows, as rows: which bytes, who wrote them with what, who read them with what. */
export function BoundaryTable({ record, boundaries, isBothTold, selected, onSelect }: BoundaryTableProps) {
  const t = useT();
  const [direction, setDirection] = useState<Direction>('sent');
  const { [direction]: side } = boundaries;
  const columns = [
    { key: 'bytes', head: t.boundaries.bytes, className: styles.range },
    { key: 'write', head: t.boundaries.write, className: styles.call },
    { key: 'read', head: t.boundaries.read, className: styles.call },
    { key: 'outcome', head: t.boundaries.outcome },
  ];
  const callOf = (span: Span | undefined): string => {
    const call = span && boundaries.callOf(span);
    return span && call ? `${span.ordinal}. ${formatCall(callText(call))}` : '';
  };
  function cells(index: number) {
    const { start, end, write, read, outcome } = side.piece(index);
    const isObserved = isBothTold || record.lab !== undefined || outcome !== 'unread';
    return [
      `${start}–${end - 1}`,
      callOf(write),
      callOf(read),
      <span key="outcome" className={styles[outcome.replaceAll(' ', '-')]} title={t.boundaries.fateHints[outcome]}>
        {isObserved ? t.boundaries.outcomes[outcome] : t.boundaries.unobserved}
      </span>,
    ];
  }
  const event = selected === undefined ? undefined : record.log.at(selected);
  const isShown = event?.direction === direction && event.count > 0;
  return (
    <div className={`${toolbar.below} ${styles.facts}`}>
      <RadioGroup
        label={t.boundaries.direction}
        options={DIRECTIONS.map((value) => ({ value, label: t.boundaries.lens[value] }))}
        value={direction}
        onChange={setDirection}
      />
      <Grid
        key={direction}
        label={t.boundaries.label}
        className={styles.table}
        columns={columns}
        rowCount={side.pieceCount}
        rowHeightProperty="--row-height-compact"
        cells={cells}
        selected={isShown ? side.pieceAt(event.offset) : undefined}
        onSelect={(index) =>
          onSelect(index === undefined ? undefined : (side.piece(index).write ?? side.piece(index).read)?.event)
        }
        newRows={t.boundaries.newRows}
        empty={t.boundaries.empty}
      />
    </div>
  );
}
