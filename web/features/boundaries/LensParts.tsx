import type { Border, Span } from '../../../trace/boundaries.ts';
import type { Direction, TraceEvent } from '../../../trace/event.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { callText, formatCall } from '../../../trace/text/call-text.ts';
import { useT } from '../../i18n/t.ts';
import styles from './BoundariesView.module.css';
import { charactersOf } from './characters.ts';
import { leftOf, type Ruler, tickStep } from './ruler.ts';

type BlockProps = {
  readonly call: TraceEvent | undefined;
  readonly span: Span;
  readonly left: number;
  readonly width: number;
  readonly isSelected: boolean;
  readonly onSelect: (index: number) => void;
};

export function Block({ call: event, span, left, width, isSelected, onSelect }: BlockProps) {
  if (!event) return null;
  const { name, args } = callText(event);
  const text = `${name}${event.call.startsWith('recv') ? args : ''} ${event.count} B`;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.block}
      data-selected={isSelected || undefined}
      style={{ left, width }}
      title={formatCall(callText(event))}
      onClick={() => onSelect(span.event)}
    >
      <span>{text}</span>
    </button>
  );
}

export function BorderLine({ border, left }: { readonly border: Border; readonly left: number }) {
  const t = useT();
  const mark = border.of === 'write' ? '+' : border.of === 'read' ? '✂' : '';
  return (
    <i className={`${styles.border} ${styles[border.of]}`} style={{ left }} title={t.boundaries.borders[border.of]}>
      {mark && <b>{mark}</b>}
    </i>
  );
}

export function Ticks({ ruler, start, end }: { readonly ruler: Ruler; readonly start: number; readonly end: number }) {
  const step = tickStep(ruler);
  const first = Math.ceil(start / step);
  const count = Math.max(0, Math.floor(end / step) - first + 1);
  return Array.from({ length: count }, (_, nth) => (first + nth) * step).map((at) => (
    <small key={at} style={{ left: leftOf(ruler, at) }}>
      {at}
    </small>
  ));
}

type CharactersProps = {
  readonly record: SocketTrace;
  readonly direction: Direction;
  readonly ruler: Ruler;
  readonly start: number;
  readonly end: number;
};

/** Each character above its bytes, however many; a byte that is no text is shown as hex. */
export function Characters({ record, direction, ruler, start, end }: CharactersProps) {
  return charactersOf(record[direction].slice(start, end - start)).map(({ at, size, text, isBroken }) => (
    <code
      key={at}
      className={isBroken ? styles.broken : undefined}
      style={{ left: leftOf(ruler, start + at), width: size * ruler.scale }}
    >
      {text}
    </code>
  ));
}
