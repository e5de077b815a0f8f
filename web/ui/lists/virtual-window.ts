/** A list of rows of one height, drawn only where it is looked at. Heights and positions in CSS pixels. */
export type VirtualList = { readonly count: number; readonly rowHeight: number; readonly viewport: number };
export type VirtualWindow = {
  /** The rows to draw: `first` included, `end` not. */
  readonly first: number;
  readonly end: number;
  /** Where row `first` is drawn, from the top of the spacer. */
  readonly top: number;
  /** How tall the spacer is. */
  readonly height: number;
  /** No more rows are ever drawn at once: row `index` goes by `index % slots`, so that elements are used again. */
  readonly slots: number;
};

/** Chromium lays out nothing beyond 33.5 million pixels, Firefox beyond 17.8: a taller list scrolls at a scale. */
export const MAX_HEIGHT = 12_000_000;
/** Rows drawn beyond each edge, so that a scroll finds them there before the next frame. */
const OVERSCAN = 6;

function spacerHeight({ count, rowHeight }: VirtualList): number {
  return Math.min(count * rowHeight, MAX_HEIGHT);
}

/** Pixels of the list for one pixel of the scrollbar: 1 unless the list is too tall. */
function scale(list: VirtualList): number {
  const total = list.count * list.rowHeight;
  if (total <= MAX_HEIGHT) return 1;
  return (total - list.viewport) / (MAX_HEIGHT - list.viewport);
}

export function virtualWindow(list: VirtualList, scrollTop: number): VirtualWindow {
  const { count, rowHeight, viewport } = list;
  const virtualTop = scrollTop * scale(list);
  const first = Math.min(count, Math.max(0, Math.floor(virtualTop / rowHeight) - OVERSCAN));
  const end = Math.min(count, Math.ceil((virtualTop + viewport) / rowHeight) + OVERSCAN);
  return {
    first,
    end: Math.max(first, end),
    top: scrollTop + first * rowHeight - virtualTop,
    height: spacerHeight(list),
    slots: Math.ceil(viewport / rowHeight) + 1 + 2 * OVERSCAN,
  };
}

/** The furthest that the list scrolls. */
export function lastScrollTop(list: VirtualList): number {
  return Math.max(0, spacerHeight(list) - list.viewport);
}

/** The least scrolling that shows row `index` whole. */
export function scrollTopToShow(list: VirtualList, index: number, scrollTop: number): number {
  const ratio = scale(list);
  const virtualTop = scrollTop * ratio;
  const rowTop = index * list.rowHeight;
  if (rowTop < virtualTop) return rowTop / ratio;
  const rowEnd = rowTop + list.rowHeight;
  if (rowEnd > virtualTop + list.viewport) return Math.min(lastScrollTop(list), (rowEnd - list.viewport) / ratio);
  return scrollTop;
}
