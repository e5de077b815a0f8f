import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useVirtualRows } from './use-virtual-rows.ts';
import styles from './VirtualList.module.css';

type VirtualListProps = {
  readonly label: string;
  readonly count: number;
  /** A custom property of CSS with the height of a line. */
  readonly rowHeightProperty: string;
  readonly line: (index: number) => ReactNode;
  readonly lineClassName?: (index: number) => string | undefined;
  /** Names the button that leads to the newest line. */
  readonly newLines: (count: number) => string;
  /** Told how many characters of the list's font fit in a line, whenever that changes. */
  readonly onColumns?: (columns: number) => void;
  /** Brings a line into view, once for each object. */
  readonly show?: { readonly line: number } | undefined;
  readonly className?: string | undefined;
  readonly empty?: ReactNode;
};

/** So many characters are measured at once: the width of one is a fraction of a pixel. */
const PROBE_CHARACTERS = 100;

/** Lines of any number, of which only those in view are drawn; the newest is followed until one scrolls away. */
export function VirtualList(props: VirtualListProps) {
  const { label, count, rowHeightProperty, line, lineClassName, newLines, onColumns, show } = props;
  const rows = useVirtualRows({ count, rowHeightProperty, isFollowing: true });
  const [probe, setProbe] = useState<HTMLSpanElement | null>(null);
  const { scroller } = rows;
  const { first, end, top, height, slots } = rows.window;

  useEffect(() => {
    const element = scroller.current;
    if (probe === null || element === null || onColumns === undefined) return;
    const observer = new ResizeObserver(() => {
      const style = getComputedStyle(element);
      const room = element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      onColumns(Math.floor((room * PROBE_CHARACTERS) / probe.getBoundingClientRect().width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [probe, scroller, onColumns]);

  const bring = useEffectEvent((index: number) => rows.show(index));
  useEffect(() => {
    if (show) bring(show.line);
  }, [show]);

  return (
    <div className={`${styles.frame} ${props.className ?? ''}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reachable by keyboard */}
      <section ref={scroller} aria-label={label} tabIndex={0} className={styles.scroller} onScroll={rows.onScroll}>
        <span ref={setProbe} aria-hidden="true" className={styles.probe}>
          {'0'.repeat(PROBE_CHARACTERS)}
        </span>
        <div className={styles.spacer} style={{ height }}>
          <ol className={styles.window} style={{ transform: `translateY(${top}px)` }}>
            {Array.from({ length: end - first }, (_, nth) => first + nth).map((index) => (
              <li
                key={index % slots}
                aria-posinset={index + 1}
                aria-setsize={count}
                className={`${styles.line} ${lineClassName?.(index) ?? ''}`}
                style={{ height: `var(${rowHeightProperty})` }}
              >
                {line(index)}
              </li>
            ))}
          </ol>
        </div>
      </section>
      {count === 0 && <p className={styles.empty}>{props.empty}</p>}
      {rows.unseen > 0 && (
        <button type="button" className={styles.newest} onClick={rows.showEnd}>
          {newLines(rows.unseen)}
        </button>
      )}
    </div>
  );
}
