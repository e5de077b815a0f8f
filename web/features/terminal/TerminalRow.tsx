import type { Run, Style } from '../../store/terminal/row-runs.ts';
import type { Row } from '../../store/terminal/terminal-buffer.ts';
import styles from './TerminalRow.module.css';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what the page's own font has in cells of one width.
const ASCII = /^[\x00-\x7f]*$/;

export function TerminalRow({ runs, isNote }: Row) {
  return (
    <div className={isNote ? `${styles.row} ${styles.note}` : styles.row}>
      {runs.map((run, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run is its position.
        <Text key={index} run={run} />
      ))}
    </div>
  );
}

/** What another font stands in for takes as many cells as the terminal gave it, so that columns stay columns. */
function Text({ run: { text, cells, style } }: { readonly run: Run }) {
  const isAscii = ASCII.test(text);
  const className = classesOf(style);
  const { color, background } = coloursOf(style);
  if (isAscii && className === '' && color === undefined && background === undefined) return text;
  return (
    <span
      className={`${styles.run} ${className}`}
      style={{
        ...(isAscii ? {} : { width: `${cells}ch` }),
        ...(color === undefined ? {} : { color }),
        ...(background === undefined ? {} : { background }),
      }}
    >
      {text}
    </span>
  );
}

function classesOf({ isBold, isFaint, isItalic, isUnderlined, isStruck, isInvisible }: Style): string {
  return [
    isBold ? styles.bold : undefined,
    isFaint ? styles.faint : undefined,
    isItalic ? styles.italic : undefined,
    isUnderlined ? styles.underlined : undefined,
    isStruck ? styles.struck : undefined,
    isInvisible ? styles.invisible : undefined,
  ]
    .filter(Boolean)
    .join(' ');
}

function coloursOf(style: Style): { color: string | undefined; background: string | undefined } {
  const css = (value: number | string) => (typeof value === 'number' ? `var(--ansi-${value})` : value);
  const color = style.color === undefined ? undefined : css(style.color);
  const background = style.background === undefined ? undefined : css(style.background);
  if (!style.isInverse) return { color, background };
  return { color: background ?? 'var(--color-sunken)', background: color ?? 'var(--color-ink)' };
}
