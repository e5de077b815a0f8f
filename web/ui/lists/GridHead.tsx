import type { ReactNode } from 'react';
import styles from './Grid.module.css';

export type GridColumn = {
  readonly key: string;
  readonly head: ReactNode;
  readonly className?: string | undefined;
  /** The rows can be sorted by it. */
  readonly sort?: ColumnSort | undefined;
};
type ColumnSort = {
  readonly state: 'none' | 'ascending' | 'descending';
  readonly hint: string;
  readonly onPress: () => void;
};

type GridHeadProps = {
  readonly columns: readonly GridColumn[];
  /** Where the grid's keys have gone to one of the heads: which, and the id it is to have. */
  readonly current: { readonly id: string; readonly column: number } | undefined;
};

const MARKS = { none: '', ascending: ' ▲', descending: ' ▼' } as const;

/** The sticky head of a grid. Its buttons are the mouse's: the grid is one tab stop, and its keys go to them too. */
export function GridHead({ columns, current }: GridHeadProps) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.columns}>
        {columns.map(({ key, head, className, sort }, nth) => (
          <div
            key={key}
            id={current?.column === nth ? current.id : undefined}
            role="columnheader"
            aria-colindex={nth + 1}
            aria-sort={sort?.state}
            data-current={current?.column === nth || undefined}
            className={className}
          >
            {sort ? (
              <button type="button" tabIndex={-1} className={styles.sort} title={sort.hint} onClick={sort.onPress}>
                {head}
                <span aria-hidden="true">{MARKS[sort.state]}</span>
              </button>
            ) : (
              head
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
