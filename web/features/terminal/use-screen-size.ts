import { type RefObject, useEffect } from 'react';
import type { TerminalModel } from '../../store/terminal/terminal-model.ts';

const COLUMNS_MIN = 8;
const ROWS_MIN = 2;
/** A width of text is measured over so many cells, since browsers round less then. */
const MEASURED = 10;

/** The terminal has as many columns and rows as fit into the element. */
export function useScreenSize(scroller: RefObject<HTMLDivElement | null>, model: TerminalModel): void {
  useEffect(() => {
    const element = scroller.current as HTMLDivElement;
    const context = document.createElement('canvas').getContext('2d');
    const observer = new ResizeObserver(() => {
      if (!context) return;
      const { font, paddingLeft, paddingRight, lineHeight } = getComputedStyle(element);
      context.font = font;
      const cell = context.measureText('0'.repeat(MEASURED)).width / MEASURED;
      const width = element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      const rows = Math.floor(element.clientHeight / Number.parseFloat(lineHeight));
      if (!(cell > 0 && width > 0)) return;
      model.resize(Math.max(COLUMNS_MIN, Math.floor(width / cell)), Math.max(ROWS_MIN, rows));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, model]);
}
