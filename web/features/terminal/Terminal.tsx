import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { useT } from '../../i18n/t.ts';
import { copyText } from '../../platform/copy-text.ts';
import type { Style } from '../../store/terminal/ansi.ts';
import type { Run } from '../../store/terminal/screen.ts';
import type { TerminalModel } from '../../store/terminal/terminal-model.ts';
import { Button } from '../../ui/Button.tsx';
import { useLive } from '../../ui/use-live.ts';
import { useVirtualRows } from '../../ui/use-virtual-rows.ts';
import styles from './Terminal.module.css';
import { type LineActions, useLine } from './use-line.ts';

type TerminalProps = Omit<LineActions, 'onClear'> & {
  readonly file: string;
  readonly model: TerminalModel;
  /** A program runs and may be typed to. */
  readonly isOpen: boolean;
  /** Whoever pressed Run wants to type next. */
  readonly takesFocus: boolean;
};

/** What the program prints, and the line that is typed to it. */
export function Terminal({ file, model, isOpen, takesFocus, ...actions }: TerminalProps) {
  const t = useT().program.terminal;
  useLive(model);
  const { screen, history } = model;
  const rows = useVirtualRows({
    count: screen.rows.length,
    rowHeightProperty: '--terminal-row-height',
    isFollowing: true,
  });
  const line = useLine(history, { ...actions, onClear: () => model.clear() });
  const field = useRef<HTMLInputElement>(null);
  const { first, end, top, height } = rows.window;
  const last = screen.rows.length - 1;
  useColumns(rows.scroller, model);
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
        {screen.dropped > 0 ? <span>{t.dropped(screen.dropped)}</span> : null}
        <span className={styles.buttons}>
          <Button look="quiet" onClick={() => void copyText(screen.text())}>
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
            {screen.rows.slice(first, Math.min(end, last)).map((row, offset) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its position.
              <Row key={first + offset} runs={row.runs} />
            ))}
            {end > last ? (
              // Always the same element, whichever row is the last: what is being typed keeps its place and its caret.
              <Row key="last" runs={screen.rows[last]?.runs ?? []}>
                {isOpen ? (
                  <input
                    ref={field}
                    className={styles.field}
                    aria-label={t.input(file)}
                    value={line.text}
                    onChange={(event) => line.setText(event.target.value)}
                    onKeyDown={line.onKeyDown}
                    autoCapitalize="off"
                    autoComplete="off"
                    spellCheck={false}
                  />
                ) : null}
              </Row>
            ) : null}
          </div>
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

function Row({ runs, children }: { readonly runs: readonly Run[]; readonly children?: ReactNode }) {
  return (
    <div className={styles.row}>
      {runs.map((run, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run is its position too.
        <Text key={index} run={run} />
      ))}
      {children}
    </div>
  );
}

function Text({ run }: { readonly run: Run }) {
  const { text, style } = run;
  const look = lookOf(style);
  return look ? (
    <span className={look.className} style={look.style}>
      {text}
    </span>
  ) : (
    text
  );
}

function lookOf(style: Style): { className: string; style: Record<string, string> } | undefined {
  const { color, background, isBold, isFaint, isItalic, isUnderlined, isInverse } = style;
  const names = [
    isBold ? styles.bold : undefined,
    isFaint ? styles.faint : undefined,
    isItalic ? styles.italic : undefined,
    isUnderlined ? styles.underlined : undefined,
    isInverse ? styles.inverse : undefined,
  ].filter(Boolean);
  if (names.length === 0 && color === undefined && background === undefined) return undefined;
  const css = (value: number | string) => (typeof value === 'number' ? `var(--ansi-${value})` : value);
  return {
    className: names.join(' '),
    style: {
      ...(color === undefined ? {} : { color: css(color) }),
      ...(background === undefined ? {} : { background: css(background) }),
    },
  };
}

/** The width in cells follows the size of the element. */
function useColumns(scroller: React.RefObject<HTMLDivElement | null>, model: TerminalModel): void {
  useEffect(() => {
    const element = scroller.current as HTMLDivElement;
    const context = document.createElement('canvas').getContext('2d');
    const observer = new ResizeObserver(() => {
      if (!context) return;
      const { font, paddingLeft, paddingRight } = getComputedStyle(element);
      context.font = font;
      const cell = context.measureText('0'.repeat(10)).width / 10;
      const width = element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      if (cell > 0 && width > 0) model.resize(Math.max(8, Math.floor(width / cell)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, model]);
}
