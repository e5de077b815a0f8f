import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { callText, formatCall } from '../../../protocol/call-text.ts';
import type { Direction, TraceEvent } from '../../../protocol/trace.ts';
import { useT } from '../../i18n/t.ts';
import type { SocketRecord } from '../../store/socket-record.ts';
import styles from './BoundariesView.module.css';
import type { Border, Boundaries, Span } from './boundaries.ts';
import { charactersOf } from './characters.ts';
import { bytesBetween, leftOf, READABLE_SCALE, type Ruler, rulerWidth, tickStep } from './ruler.ts';

type LensProps = {
  readonly record: SocketRecord;
  readonly direction: Direction;
  readonly boundaries: Boundaries;
  readonly scale: number;
  /** Who writes and who reads. */
  readonly writer: string;
  readonly reader: string;
  readonly selected: number | undefined;
  readonly onSelect: (index: number) => void;
};

/** Pixels drawn beyond each edge, and within which of the end counts as being there. */
const OVERSCAN = 200;
const END_TOLERANCE = 4;

/** One direction on one ruler of bytes: the writes above it, the reads below, and a line at each border. */
export function Lens({ record, direction, boundaries, scale, writer, reader, selected, onSelect }: LensProps) {
  const t = useT();
  const ruler: Ruler = { length: boundaries.length, scale };
  const { scroller, left, room, onScroll } = useEndFollower(rulerWidth(ruler));
  const { start, end } = bytesBetween(ruler, left - OVERSCAN, left + room + OVERSCAN);
  const summary = t.boundaries.summary(boundaries.counts);

  const block = (span: Span) => (
    <Block
      key={span.ordinal}
      record={record}
      span={span}
      left={leftOf(ruler, span.start)}
      width={(span.end - span.start) * scale}
      isSelected={span.event === selected}
      onSelect={onSelect}
    />
  );
  return (
    <div className={`${styles.lens} ${styles[direction]}`}>
      <header className={styles.lensHead}>
        <h3>{t.boundaries.lens[direction]}</h3>
        <span>{summary}</span>
      </header>
      <div className={styles.lanes} aria-hidden="true">
        <span>{writer}</span>
        <span>{t.boundaries.bytes}</span>
        <span>{reader}</span>
      </div>
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reachable by keyboard
        tabIndex={0}
        aria-label={`${t.boundaries.lens[direction]}. ${summary}`}
        className={styles.scroller}
        onScroll={onScroll}
      >
        {/* For the eye alone: the table says the same. */}
        <div className={styles.plane} style={{ width: rulerWidth(ruler) }} aria-hidden="true">
          <div className={styles.writes}>{boundaries.writesIn(start, end).map(block)}</div>
          <div className={styles.ruler}>
            <Ticks ruler={ruler} start={start} end={end} />
            {scale >= READABLE_SCALE && (
              <Characters record={record} direction={direction} ruler={ruler} start={start} end={end} />
            )}
          </div>
          <div className={styles.reads}>{boundaries.readsIn(start, end).map(block)}</div>
          {boundaries.bordersIn(start, end).map((border) => (
            <BorderLine key={border.at} border={border} left={leftOf(ruler, border.at)} />
          ))}
        </div>
      </section>
    </div>
  );
}

type BlockProps = {
  readonly record: SocketRecord;
  readonly span: Span;
  readonly left: number;
  readonly width: number;
  readonly isSelected: boolean;
  readonly onSelect: (index: number) => void;
};

function Block({ record, span, left, width, isSelected, onSelect }: BlockProps) {
  const event = record.log.at(span.event) as TraceEvent;
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

function BorderLine({ border, left }: { readonly border: Border; readonly left: number }) {
  const t = useT();
  const mark = border.of === 'write' ? '+' : border.of === 'read' ? '✂' : '';
  return (
    <i className={`${styles.border} ${styles[border.of]}`} style={{ left }} title={t.boundaries.borders[border.of]}>
      {mark && <b>{mark}</b>}
    </i>
  );
}

function Ticks({ ruler, start, end }: { readonly ruler: Ruler; readonly start: number; readonly end: number }) {
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
  readonly record: SocketRecord;
  readonly direction: Direction;
  readonly ruler: Ruler;
  readonly start: number;
  readonly end: number;
};

/** Each character above its bytes, however many; a byte that is no text is shown as hex. */
function Characters({ record, direction, ruler, start, end }: CharactersProps) {
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

/** Stays at the right end as the plane widens, until someone scrolls away from it. */
function useEndFollower(width: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState(0);
  const [room, setRoom] = useState(800);
  const [isFollowing, setFollowing] = useState(true);
  const end = Math.max(0, width - room);

  useEffect(() => {
    const element = scroller.current as HTMLDivElement;
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (!isFollowing) return;
    (scroller.current as HTMLDivElement).scrollLeft = end;
    setLeft(end);
  }, [isFollowing, end]);

  function onScroll(): void {
    const at = (scroller.current as HTMLDivElement).scrollLeft;
    setLeft(at);
    setFollowing(at >= end - END_TOLERANCE);
  }
  return { scroller, left: Math.min(left, end), room, onScroll };
}
