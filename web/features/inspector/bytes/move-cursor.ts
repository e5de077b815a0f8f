import type { ByteCount } from '../../../../protocol/units.ts';

export type HexSize = {
  readonly length: ByteCount;
  readonly columns: number /** Rows that fit on the screen. */;
  readonly page: number;
};

/** Where a key leads among bytes in rows (the keys of the ARIA grid pattern); undefined: not a key of the grid's. */
export function moveCursor(
  offset: ByteCount,
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  { length, columns, page }: HexSize,
): ByteCount | undefined {
  const last = Math.max(0, length - 1);
  const rowStart = offset - (offset % columns);
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, offset - 1);
    case 'ArrowRight':
      return Math.min(last, offset + 1);
    case 'ArrowUp':
      return rowsUp(offset, 1, columns);
    case 'ArrowDown':
      return rowsDown(offset, 1, columns, last);
    case 'PageUp':
      return rowsUp(offset, page, columns);
    case 'PageDown':
      return rowsDown(offset, page, columns, last);
    case 'Home':
      return ctrlKey ? 0 : rowStart;
    case 'End':
      return ctrlKey ? last : Math.min(last, rowStart + columns - 1);
    default:
      return undefined;
  }
}

/** As many rows up as there are, in the same column. */
function rowsUp(offset: ByteCount, rows: number, columns: number): ByteCount {
  return offset - Math.min(rows, Math.floor(offset / columns)) * columns;
}
/** As many rows down as there are, in the same column where the last row reaches so far. */
function rowsDown(offset: ByteCount, rows: number, columns: number, last: ByteCount): ByteCount {
  const below = Math.floor(last / columns) - Math.floor(offset / columns);
  return Math.min(last, offset + Math.min(rows, below) * columns);
}
