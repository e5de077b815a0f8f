export type Cell = { readonly row: number; readonly column: number };
export type GridSize = {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen. */
  readonly page: number;
  /** The head can be gone to: it is row `HEAD`. */
  readonly hasHead?: boolean;
};
/** The row above the first. */
export const HEAD = -1;
export type KeyPress = { readonly key: string; readonly ctrlKey: boolean };

/** Where a key leads in a grid (the keys of the ARIA grid pattern); undefined: not a key of the grid's. */
export function moveCell(
  { row, column }: Cell,
  { key, ctrlKey }: KeyPress,
  { rows, columns, page, hasHead = false }: GridSize,
): Cell | undefined {
  const lastRow = Math.max(0, rows - 1);
  const lastColumn = columns - 1;
  switch (key) {
    case 'ArrowUp':
      return { row: Math.max(hasHead ? HEAD : 0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(lastRow, row + 1), column };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(lastColumn, column + 1) };
    case 'PageUp':
      return { row: Math.max(0, row - page), column };
    case 'PageDown':
      return { row: Math.min(lastRow, row + page), column };
    case 'Home':
      return { row: ctrlKey ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrlKey ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}
