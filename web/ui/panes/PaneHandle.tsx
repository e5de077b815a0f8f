import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import styles from './PaneHandle.module.css';
import { nextPaneSize, type PaneLimits } from './pane-size.ts';

type PaneHandleProps = {
  readonly label: string;
  /** The id of the pane whose size it sets. */
  readonly controls: string;
  /** Where the pane lies, seen from the handle. */
  readonly side: 'start' | 'end';
  /** `columns`: the panes stand side by side; `rows`: one above the other. */
  readonly across?: 'columns' | 'rows';
  /** In pixels. */
  readonly size: number;
  readonly limits: PaneLimits;
  readonly onResize: (size: number) => void;
};

/** The line between two panes: dragged, or moved by arrows, Home and End (WAI-ARIA APG, Window Splitter). */
export function PaneHandle({ label, controls, side, across = 'columns', size, limits, onResize }: PaneHandleProps) {
  const [drag, setDrag] = useState<{ from: number; size: number }>();
  const isColumns = across === 'columns';
  const position = (event: PointerEvent): number => (isColumns ? event.clientX : event.clientY);

  function onPointerDown(event: PointerEvent): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: position(event), size });
  }
  function onPointerMove(event: PointerEvent): void {
    if (drag === undefined) return;
    const moved = position(event) - drag.from;
    const wanted = drag.size + (side === 'start' ? moved : -moved);
    onResize(Math.min(limits.max, Math.max(limits.min, Math.round(wanted))));
  }
  function onKeyDown(event: KeyboardEvent): void {
    const next = nextPaneSize(size, event.key, { side, isColumns, limits });
    if (next === undefined) return;
    event.preventDefault();
    onResize(next);
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved; a separator with a value and the focus can (ARIA 1.2).
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-controls={controls}
      aria-orientation={isColumns ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={limits.min}
      aria-valuemax={limits.max}
      className={`${styles.handle} ${isColumns ? styles.columns : styles.rows}`}
      data-dragging={drag !== undefined || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => setDrag(undefined)}
      onPointerCancel={() => setDrag(undefined)}
      onDoubleClick={() => onResize(limits.initial)}
      onKeyDown={onKeyDown}
    />
  );
}
