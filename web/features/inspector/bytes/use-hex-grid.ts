import { type KeyboardEvent, useEffect, useState } from 'react';
import type { ByteCount } from '../../../../protocol/units.ts';
import { useVirtualRows } from '../../../ui/lists/use-virtual-rows.ts';
import { moveCursor } from './move-cursor.ts';
import { moveTo, type Selection } from './selection.ts';

const WIDE_COLUMNS = 16;
const NARROW_COLUMNS = 8;
/** CSS pixels that sixteen bytes with their offset and ASCII need. */
const WIDE_WIDTH = 580;

/** The keyboard, the selection and the scrolling of a grid of bytes. */
export function useHexGrid(length: ByteCount, selection: Selection, onSelect: (selection: Selection) => void) {
  const [columns, setColumns] = useState(NARROW_COLUMNS);
  const rows = useVirtualRows({ count: Math.ceil(length / columns), rowHeightProperty: '--hex-row-height' });
  const { scroller } = rows;

  useEffect(() => {
    const element = scroller.current as HTMLDivElement;
    const observer = new ResizeObserver(() =>
      setColumns(element.clientWidth >= WIDE_WIDTH ? WIDE_COLUMNS : NARROW_COLUMNS),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    if (event.ctrlKey && event.key === 'a') {
      event.preventDefault();
      onSelect({ anchor: 0, cursor: length - 1 });
      return;
    }
    const next = moveCursor(selection.cursor, event, { length, columns, page: rows.page });
    if (next === undefined) return; // not ours: leave the key to the browser
    event.preventDefault();
    onSelect(moveTo(selection, next, event.shiftKey));
    rows.show(Math.floor(next / columns));
  }
  return { rows, columns, onKeyDown };
}
