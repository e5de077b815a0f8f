import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import {
  lastScrollTop,
  scrollTopToShow,
  type VirtualList,
  type VirtualWindow,
  virtualWindow,
} from './virtual-window.ts';

/** What is drawn before the first measurement: a screenful. */
const FIRST_VIEWPORT = 600;
/** Within so many pixels of the end counts as being there: scroll positions are rounded to device pixels. */
const END_TOLERANCE = 3;

type Options = {
  readonly count: number;
  /** A custom property of CSS that holds the height of a row in px, such as `--row-height`. */
  readonly rowHeightProperty: string;
  /** Pixels of the scroller that a sticky head covers. */
  readonly headHeight?: number;
  /** Stays at the end as rows are added, until someone scrolls away from it. */
  readonly isFollowing?: boolean;
  /** Rows that went at the front so far: who looks at a row goes on looking at it, though its index is smaller then. */
  readonly dropped?: number;
};
export type VirtualRows = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly window: VirtualWindow;
  readonly rowHeight: number;
  /** Whole rows that fit. */
  readonly page: number;
  /** Rows added since someone scrolled away from the end; 0 while it is followed. */
  readonly unseen: number;
  readonly show: (index: number) => void;
  readonly showEnd: () => void;
};

/** Draws of a long list of rows of one height only what is looked at. Attach `scroller` and `onScroll` to what scrolls. */
export function useVirtualRows({
  count,
  rowHeightProperty,
  headHeight = 0,
  isFollowing = false,
  dropped = 0,
}: Options): VirtualRows {
  const scroller = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState({ top: 0, dropped });
  const [size, setSize] = useState({ rowHeight: 24, viewport: FIRST_VIEWPORT });
  /** How many rows there had been when someone scrolled away from the end. */
  const [leftAt, setLeftAt] = useState<number>();
  const [wasFollowing, setWasFollowing] = useState(isFollowing);
  const list: VirtualList = { count, ...size };
  // The rows stand in another order: it is looked at from its beginning, or followed again.
  if (wasFollowing !== isFollowing) {
    setWasFollowing(isFollowing);
    setLeftAt(undefined);
    setScrolled({ top: 0, dropped });
  }
  const isAtEnd = isFollowing && leftAt === undefined;

  useEffect(() => {
    const element = scroller.current as HTMLDivElement;
    const measure = (): void => {
      const rowHeight = Number.parseFloat(getComputedStyle(element).getPropertyValue(rowHeightProperty));
      const viewport = Math.max(0, element.clientHeight - headHeight);
      setSize((old) => (old.rowHeight === rowHeight && old.viewport === viewport ? old : { rowHeight, viewport }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [rowHeightProperty, headHeight]);

  const end = lastScrollTop(list);
  // While the end is followed it is where the list is drawn: no second rendering tells it so.
  const gone = Math.max(0, dropped - scrolled.dropped) * size.rowHeight;
  const shownTop = isAtEnd ? end : Math.max(0, Math.min(scrolled.top, end) - gone);
  useLayoutEffect(() => {
    if (!isFollowing) (scroller.current as HTMLDivElement).scrollTop = 0;
  }, [isFollowing]);
  useLayoutEffect(() => {
    if (isAtEnd) (scroller.current as HTMLDivElement).scrollTop = end;
  }, [isAtEnd, end]);
  useLayoutEffect(() => {
    if (!isAtEnd && gone > 0) (scroller.current as HTMLDivElement).scrollTop = shownTop;
  }, [isAtEnd, gone, shownTop]);

  function moveTo(top: number): void {
    const isEnd = top >= end - END_TOLERANCE;
    if (isFollowing) setLeftAt((old) => (isEnd ? undefined : (old ?? dropped + count)));
    if (!isFollowing || !isEnd) setScrolled({ top, dropped });
  }
  function scrollTo(top: number): void {
    (scroller.current as HTMLDivElement).scrollTop = top;
    moveTo(top);
  }
  return {
    scroller,
    // At once: a list that grows in this very frame would else still be at its end, and take the scroll back.
    onScroll: () => flushSync(() => moveTo((scroller.current as HTMLDivElement).scrollTop)),
    window: virtualWindow(list, shownTop),
    rowHeight: size.rowHeight,
    page: Math.max(1, Math.floor(size.viewport / size.rowHeight) - 1),
    unseen: leftAt === undefined ? 0 : Math.max(0, dropped + count - leftAt),
    show: (index) => scrollTo(scrollTopToShow(list, index, shownTop)),
    showEnd: () => scrollTo(end),
  };
}
