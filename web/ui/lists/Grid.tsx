import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import styles from './Grid.module.css';
import { type GridColumn, GridHead } from './GridHead.tsx';
import { HEAD, moveCell } from './move-cell.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

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
  /** Two rows can be chosen: with Shift the one that was chosen stays, as the first of the two. */
  readonly first?: { readonly row: number | undefined; readonly onExtend: (row: number) => void };
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
  const { first: firstRow } = props;
  const id = useId();
  const [cursor, setCursor] = useState<{ row: number | undefined; column: number }>({ row: undefined, column: 0 });
  const rows = useVirtualRows({
    count: rowCount,
    rowHeightProperty,
    headHeight: HEAD_HEIGHT,
    isFollowing: newRows !== undefined,
  });
  const lastRow = Math.max(0, rowCount - 1);
  const hasHead = columns.some(({ sort }) => sort !== undefined);
  const isInHead = hasHead && cursor.row === HEAD;
  // Where nobody has been yet, it begins with what is seen: the newest rows, or the first.
  const row = isInHead ? HEAD : Math.min(selected ?? cursor.row ?? (newRows ? lastRow : 0), lastRow);
  const { first, end, top, height, slots } = rows.window;
  const isDrawn = row >= first && row < end;

  function select(next: { row: number; column: number }, isExtending: boolean): void {
    setCursor(next);
    if (next.row === HEAD || next.row === selected) return;
    if (isExtending && firstRow) firstRow.onExtend(next.row);
    else onSelect(next.row);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && selected !== undefined) {
      event.preventDefault();
      onSelect(undefined);
      return;
    }
    if (event.altKey || event.metaKey || (event.shiftKey && firstRow === undefined) || rowCount === 0) return;
    const isChoosing = event.key === 'Enter' || event.key === ' ';
    const size = { rows: rowCount, columns: columns.length, page: rows.page, hasHead: hasHead && !event.shiftKey };
    const next = isChoosing ? { row, column: cursor.column } : moveCell({ row, column: cursor.column }, event, size);
    if (next === undefined) return;
    event.preventDefault();
    if (isChoosing && isInHead) columns[cursor.column]?.sort?.onPress();
    select(next, event.shiftKey);
    if (next.row !== HEAD) rows.show(next.row);
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
        aria-multiselectable={firstRow ? true : undefined}
        aria-activedescendant={isDrawn || isInHead ? `${id}-${cursor.column}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={rows.onScroll}
      >
        <GridHead
          columns={columns}
          current={isInHead ? { id: `${id}-${cursor.column}`, column: cursor.column } : undefined}
        />
        <div role="rowgroup" className={styles.spacer} style={{ height }}>
          <div role="presentation" className={styles.window} style={{ transform: `translateY(${top}px)` }}>
            {Array.from({ length: end - first }, (_, nth) => first + nth).map((index) => (
              <div
                key={index % slots}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={index === selected || index === firstRow?.row}
                className={[
                  styles.columns,
                  styles.row,
                  index === firstRow?.row ? styles.first : undefined,
                  rowClassName?.(index),
                ]
                  .filter(Boolean)
                  .join(' ')}
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
                      // A press with Shift would else select text.
                      onMouseDown={(event) => {
                        if (event.shiftKey && firstRow) event.preventDefault();
                      }}
                      onClick={(event) => select({ row: index, column: nth }, event.shiftKey)}
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
