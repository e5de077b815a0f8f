import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import styles from './Grid.module.css';
import { moveCell } from './move-cell.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

export type GridColumn = { readonly key: string; readonly head: ReactNode; readonly className?: string | undefined };

type GridProps = {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly rowCount: number;
  /** A custom property of CSS with the height of a row: `--row-height`, `--row-height-compact`. */
  readonly rowHeightProperty: string;
  /** One per column. */
  readonly cells: (row: number) => readonly ReactNode[];
  readonly rowClassName?: (row: number) => string | undefined;
  readonly selected: number | undefined;
  readonly onSelect: (row: number | undefined) => void;
  /** Names the button that leads to the newest row; without it the newest is not followed. */
  readonly newRows?: (count: number) => string;
  /** Sets `grid-template-columns` for head and rows as `--grid-columns`. */
  readonly className?: string | undefined;
  /** Said where there is no row. */
  readonly empty?: ReactNode;
};

/** Pixels of the sticky head; Grid.module.css has the same. */
const HEAD_HEIGHT = 32;

/**
 * A grid of any number of rows, of which only those in view are drawn. It is one tab stop; the arrows and their kin move
 * the current cell, and the row under it is the selected one, so that what shows details follows. Escape selects none.
 */
export function Grid(props: GridProps) {
  const { label, columns, rowCount, rowHeightProperty, cells, rowClassName, selected, onSelect, newRows } = props;
  const id = useId();
  const [cursor, setCursor] = useState<{ row: number | undefined; column: number }>({ row: undefined, column: 0 });
  const rows = useVirtualRows({
    count: rowCount,
    rowHeightProperty,
    headHeight: HEAD_HEIGHT,
    isFollowing: newRows !== undefined,
  });
  const lastRow = Math.max(0, rowCount - 1);
  // Where nobody has been yet, it begins with what is seen: the newest rows, or the first.
  const row = Math.min(selected ?? cursor.row ?? (newRows ? lastRow : 0), lastRow);
  const { first, end, top, height, slots } = rows.window;
  const isDrawn = row >= first && row < end;

  function select(next: { row: number; column: number }): void {
    setCursor(next);
    if (next.row !== selected) onSelect(next.row);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && selected !== undefined) {
      event.preventDefault();
      onSelect(undefined);
      return;
    }
    if (event.altKey || event.metaKey || event.shiftKey || rowCount === 0) return;
    const isChoosing = event.key === 'Enter' || event.key === ' ';
    const size = { rows: rowCount, columns: columns.length, page: rows.page };
    const next = isChoosing ? { row, column: cursor.column } : moveCell({ row, column: cursor.column }, event, size);
    if (next === undefined) return;
    event.preventDefault();
    select(next);
    rows.show(next.row);
  }

  return (
    <div className={`${styles.frame} ${props.className ?? ''}`}>
      <div
        ref={rows.scroller}
        role="grid"
        className={styles.scroller}
        style={{ ['--grid-row-height' as string]: `var(${rowHeightProperty})` }}
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-activedescendant={isDrawn ? `${id}-${cursor.column}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={rows.onScroll}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.columns}>
            {columns.map((column, nth) => (
              <div key={column.key} role="columnheader" aria-colindex={nth + 1} className={column.className}>
                {column.head}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.spacer} style={{ height }}>
          <div role="presentation" className={styles.window} style={{ transform: `translateY(${top}px)` }}>
            {Array.from({ length: end - first }, (_, nth) => first + nth).map((index) => (
              <div
                key={index % slots}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={index === selected}
                className={`${styles.columns} ${styles.row} ${rowClassName?.(index) ?? ''}`}
              >
                {cells(index).map((cell, nth) => {
                  const column = columns[nth] as GridColumn;
                  const isCurrent = index === row && nth === cursor.column;
                  return (
                    <div
                      key={column.key}
                      id={isCurrent ? `${id}-${nth}` : undefined}
                      role="gridcell"
                      aria-colindex={nth + 1}
                      data-current={isCurrent || undefined}
                      className={`${styles.cell} ${column.className ?? ''}`}
                      onClick={() => select({ row: index, column: nth })}
                    >
                      {cell}
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
        </div>
      </div>
      {rowCount === 0 && <p className={styles.empty}>{props.empty}</p>}
      {newRows && rows.unseen > 0 && (
        <button type="button" className={styles.newest} onClick={rows.showEnd}>
          {newRows(rows.unseen)}
        </button>
      )}
    </div>
  );
}
