import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useClassWords } from '../../../i18n/class-words.ts';
import type { SeatRow } from '../../../store/classroom/seat-rows.ts';
import { moveCell } from '../../../ui/lists/move-cell.ts';
import { useVirtualRows } from '../../../ui/lists/use-virtual-rows.ts';
import styles from '../Teach.module.css';
import type { Density } from './density.ts';
import { SeatTileView } from './SeatTileView.tsx';
import { seatLabel } from './seat-text.ts';

type SeatGridProps = {
  readonly rows: readonly SeatRow[];
  readonly density: Density;
  readonly isHiding: boolean;
  readonly chosen: number | undefined;
  readonly onChoose: (seat: number) => void;
  readonly empty: string;
};
/** The width of a seat with its gap, in px; its height is a property of Teach.module.css. */
const WIDTH: Readonly<Record<Density, number>> = { cards: 240, chips: 46 };
const HEIGHT: Readonly<Record<Density, string>> = { cards: '--seat-card', chips: '--seat-chip' };

/** Every seat of the class. One tab stop: arrows move the current seat, Enter opens it. Only what is in view is drawn. */
export function SeatGrid({ rows, density, isHiding, chosen, onChoose, empty }: SeatGridProps) {
  const { teach } = useClassWords();
  const id = useId();
  const [columns, setColumns] = useState(4);
  const [current, setCurrent] = useState(0);
  const count = Math.ceil(rows.length / columns);
  const view = useVirtualRows({ count, rowHeightProperty: HEIGHT[density] });
  const { scroller } = view;
  const at = Math.min(current, Math.max(0, rows.length - 1));

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      setColumns(Math.max(1, Math.floor(element.clientWidth / WIDTH[density]))),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, density]);

  function onKeyDown(event: KeyboardEvent): void {
    const seat = rows[at]?.seat;
    if (event.key === 'Enter' && seat !== undefined) {
      event.preventDefault();
      onChoose(seat);
      return;
    }
    const cell = { row: Math.floor(at / columns), column: at % columns };
    const next = moveCell(cell, event, { rows: count, columns, page: view.page });
    if (next === undefined || event.altKey || event.metaKey) return;
    event.preventDefault();
    setCurrent(Math.min(rows.length - 1, next.row * columns + next.column));
    view.show(next.row);
  }
  const { first, end, top, height } = view.window;
  const isDrawn = Math.floor(at / columns) >= first && Math.floor(at / columns) < end;
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        role="grid"
        aria-label={teach.grid.label}
        aria-rowcount={count}
        aria-colcount={columns}
        aria-activedescendant={rows.length > 0 && isDrawn ? `${id}-current` : undefined}
        tabIndex={0}
        className={styles.scroller}
        data-density={density}
        onKeyDown={onKeyDown}
        onScroll={view.onScroll}
      >
        <div role="presentation" style={{ height }}>
          <div role="rowgroup" style={{ transform: `translateY(${top}px)` }}>
            {Array.from({ length: end - first }, (_, nth) => first + nth).map((row) => (
              <div
                key={row}
                role="row"
                aria-rowindex={row + 1}
                className={styles.row}
                style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
              >
                {rows.slice(row * columns, (row + 1) * columns).map((seat, column) => {
                  const index = row * columns + column;
                  return (
                    <div
                      key={seat.seat}
                      id={index === at ? `${id}-current` : undefined}
                      role="gridcell"
                      aria-colindex={column + 1}
                      aria-label={seatLabel(teach, seat, isHiding)}
                      aria-selected={seat.seat === chosen}
                      data-current={index === at || undefined}
                      className={styles.seat}
                      onClick={() => {
                        setCurrent(index);
                        onChoose(seat.seat);
                      }}
                    >
                      <SeatTileView row={seat} density={density} isHiding={isHiding} />
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
        </div>
      </div>
      {rows.length === 0 ? <p className={styles.empty}>{empty}</p> : null}
    </div>
  );
}
