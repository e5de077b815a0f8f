import { type MouseEvent, useEffect, useRef } from 'react';
import { useT } from '../../i18n/t.ts';
import { copyText } from '../../platform/copy-text.ts';
import { SCROLLBACK_ROWS } from '../../store/terminal/headless.ts';
import type { TerminalModel } from '../../store/terminal/terminal-model.ts';
import { Button } from '../../ui/Button.tsx';
import { useVirtualRows } from '../../ui/lists/use-virtual-rows.ts';
import { useLive } from '../../ui/use-live.ts';
import styles from './Terminal.module.css';
import { TerminalRow } from './TerminalRow.tsx';
import { type LineActions, useLine } from './use-line.ts';
import { useScreenSize } from './use-screen-size.ts';

type TerminalProps = Omit<LineActions, 'onClear'> & {
  readonly file: string;
  readonly model: TerminalModel;
  /** A program runs and may be typed to. */
  readonly isOpen: boolean;
  /** Whoever pressed Run wants to type next. */
  readonly takesFocus: boolean;
  /** A line that stands in the field until something else is typed. */
  readonly filledIn?: string | undefined;
  /** How many such lines there are, this one included. */
  readonly filledCount?: number;
};

/** At the end of a row the field keeps so many cells. */
const FIELD_CELLS = 4;

/** What the program prints, and the line that is typed to it. */
export function Terminal({ file, model, isOpen, takesFocus, filledIn, filledCount = 0, ...actions }: TerminalProps) {
  const t = useT().program.terminal;
  useLive(model);
  const { rowCount, dropped, cursor } = model;
  const rows = useVirtualRows({
    count: rowCount,
    rowHeightProperty: '--terminal-row-height',
    isFollowing: true,
    dropped,
  });
  const line = useLine(model.history, filledIn, { ...actions, onClear: () => model.clear() });
  const field = useRef<HTMLInputElement>(null);
  const { first, end, top, height } = rows.window;
  useScreenSize(rows.scroller, model);
  useEffect(() => {
    if (isOpen && takesFocus) field.current?.focus({ preventScroll: true });
  }, [isOpen, takesFocus]);

  function onClick(event: MouseEvent): void {
    const isSelecting = getSelection()?.isCollapsed === false;
    if (!isSelecting && event.target !== field.current) field.current?.focus({ preventScroll: true });
  }
  return (
    <section className={styles.terminal} aria-label={t.label(file)}>
      <header className={styles.head}>
        <span>{t.caption}</span>
        {model.isCut ? <span>{t.kept(SCROLLBACK_ROWS)}</span> : null}
        {isOpen && filledCount > 0 ? <span role="status">{t.filledIn(filledCount)}</span> : null}
        <span className={styles.buttons}>
          <Button look="quiet" onClick={() => void model.text().then(copyText)}>
            {t.copy}
          </Button>
          <Button look="quiet" onClick={() => model.clear()}>
            {t.clear}
          </Button>
        </span>
      </header>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click anywhere puts the caret into the field, which has the keys. */}
      <div
        ref={rows.scroller}
        className={styles.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by the keyboard too.
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t.output(file)}
        onScroll={rows.onScroll}
        onClick={onClick}
      >
        <div className={styles.spacer} style={{ height }}>
          <div className={styles.window} style={{ transform: `translateY(${top}px)` }}>
            {Array.from({ length: end - first }, (_, offset) => first + offset).map((index) => (
              <TerminalRow key={index} {...model.row(index)} />
            ))}
          </div>
          {isOpen ? (
            // Beside the rows, not in one: the cursor may move to any of them, and an element that moves loses its focus.
            <input
              ref={field}
              className={styles.field}
              style={{ top: cursor.row * rows.rowHeight, left: `min(${cursor.column}ch, 100% - ${FIELD_CELLS}ch)` }}
              data-typed={line.text === '' ? undefined : ''}
              aria-label={t.input(file)}
              value={line.text}
              onChange={(event) => line.setText(event.target.value)}
              onKeyDown={line.onKeyDown}
              autoCapitalize="off"
              autoComplete="off"
              spellCheck={false}
            />
          ) : null}
        </div>
      </div>
      {rows.unseen > 0 ? (
        <Button className={styles.newest} onClick={rows.showEnd}>
          {t.newest(rows.unseen)}
        </Button>
      ) : null}
    </section>
  );
}
