import type { Boundaries, Span } from '../../../trace/boundaries.ts';
import type { Direction, TraceEvent } from '../../../trace/event.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import styles from './BoundariesView.module.css';
import { Block, BorderLine, Characters, Ticks } from './LensParts.tsx';
import { bytesBetween, leftOf, READABLE_SCALE, type Ruler, rulerWidth } from './ruler.ts';
import { useEndFollower } from './use-end-follower.ts';

type LensProps = {
  readonly record: SocketTrace;
  readonly callOf: (span: Span) => TraceEvent | undefined;
  readonly direction: Direction;
  readonly boundaries: Boundaries;
  readonly scale: number;
  /** Who writes and who reads. */
  readonly writer: string;
  readonly reader: string;
  readonly selected: number | undefined;
  readonly onSelect: (index: number) => void;
};

/** Pixels drawn beyond each edge. */
const OVERSCAN = 200;

/** One direction on one ruler of bytes: the writes above it, the reads below, and a line at each border. */
export function Lens({ record, callOf, direction, boundaries, scale, writer, reader, selected, onSelect }: LensProps) {
  const t = useT();
  const ruler: Ruler = { length: boundaries.length, scale };
  const { scroller, left, room, onScroll } = useEndFollower(rulerWidth(ruler));
  const { start, end } = bytesBetween(ruler, left - OVERSCAN, left + room + OVERSCAN);
  const summary = t.boundaries.summary(boundaries.counts);

  const block = (span: Span) => (
    <Block
      key={span.ordinal}
      call={callOf(span)}
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
        <h2>{t.boundaries.lens[direction]}</h2>
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
