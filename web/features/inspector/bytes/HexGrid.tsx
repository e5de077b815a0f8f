import { type ClipboardEvent, type PointerEvent, useId } from 'react';
import type { ByteCount } from '../../../../protocol/units.ts';
import { toHex } from '../../../../trace/bytes/hex.ts';
import { type AnswerPart, partAt } from '../diff/answer-parts.ts';
import styles from './HexGrid.module.css';
import { endOf, moveTo, type Selection, startOf } from './selection.ts';
import { useHexGrid } from './use-hex-grid.ts';

type HexGridProps = {
  readonly label: string;
  readonly bytes: Uint8Array;
  readonly parts: readonly AnswerPart[];
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
};

/** Bytes in rows, as hexadecimal pairs with their ASCII beside them: one tab stop, arrows move, Shift extends. */
export function HexGrid({ label, bytes, parts, selection, onSelect }: HexGridProps) {
  const id = useId();
  const { rows, columns, onKeyDown } = useHexGrid(bytes.length, selection, onSelect);
  const { first, end, top, height, slots } = rows.window;
  const isCursorDrawn = Math.floor(selection.cursor / columns) >= first && Math.floor(selection.cursor / columns) < end;

  function onPointer(event: PointerEvent<HTMLElement>): void {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-offset]');
    if (cell === null || (event.buttons & 1) === 0) return;
    const isDragging = event.type === 'pointermove';
    const offset = Number(cell.dataset['offset']);
    if (!isDragging || offset !== selection.cursor) onSelect(moveTo(selection, offset, isDragging || event.shiftKey));
  }
  function onCopy(event: ClipboardEvent): void {
    event.preventDefault();
    event.clipboardData.setData('text/plain', toHex(bytes.subarray(startOf(selection), endOf(selection)), ' '));
  }

  return (
    <div
      ref={rows.scroller}
      role="grid"
      className={styles.grid}
      aria-label={label}
      aria-multiselectable="true"
      aria-rowcount={Math.ceil(bytes.length / columns)}
      aria-colcount={columns + 1}
      aria-activedescendant={isCursorDrawn ? `${id}-${selection.cursor}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onScroll={rows.onScroll}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      <div className={styles.spacer} role="presentation" style={{ height }}>
        <div className={styles.window} role="presentation" style={{ transform: `translateY(${top}px)` }}>
          {Array.from({ length: end - first }, (_, nth) => first + nth).map((row) => (
            <HexRow
              key={row % slots}
              id={id}
              index={row}
              offset={row * columns}
              columns={columns}
              bytes={bytes.subarray(row * columns, (row + 1) * columns)}
              parts={parts}
              selection={selection}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

type HexRowProps = {
  readonly id: string;
  readonly index: number;
  readonly offset: ByteCount;
  readonly columns: number;
  readonly bytes: Uint8Array;
  readonly parts: readonly AnswerPart[];
  readonly selection: Selection;
};

function HexRow({ id, index, offset, columns, bytes, parts, selection }: HexRowProps) {
  const cells = Array.from(bytes, (byte, column) => {
    const at = offset + column;
    const part = partAt(parts, at);
    const isSelected = at >= startOf(selection) && at < endOf(selection);
    const edges = part && [
      at === part.start || column === 0 ? styles.first : '',
      at === part.end - 1 || column === bytes.length - 1 ? styles.last : '',
    ];
    const className = [styles.byte, part && styles[part.kind], ...(edges ?? [])].filter(Boolean).join(' ');
    return { at, byte, isSelected, isCursor: at === selection.cursor, className };
  });
  return (
    <div role="row" aria-rowindex={index + 1} className={styles.row}>
      <span role="rowheader" aria-colindex={1} className={styles.offset}>
        {offset.toString(16).padStart(4, '0')}
      </span>
      <span role="presentation" className={styles.bytes} style={{ width: `${columns * 3}ch` }}>
        {cells.map(({ at, byte, isSelected, isCursor, className }) => (
          <span
            key={at}
            id={`${id}-${at}`}
            role="gridcell"
            aria-colindex={at - offset + 2}
            aria-selected={isSelected}
            data-offset={at}
            data-cursor={isCursor || undefined}
            className={className}
          >
            {byte.toString(16).padStart(2, '0')}
          </span>
        ))}
      </span>
      <span aria-hidden="true" className={styles.ascii}>
        {cells.map(({ at, byte, isSelected, isCursor }) => (
          <span key={at} data-offset={at} data-cursor={isCursor || undefined} data-selected={isSelected || undefined}>
            {byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'}
          </span>
        ))}
      </span>
    </div>
  );
}
