/** So many of the list are drawn: more than a session has at a time, fewer than hold a page. */
export const SOCKETS_SHOWN = 500;

export type SocketWindow = { readonly first: number; readonly end: number };

/**
 * Which of `count` sockets are drawn: those from `first` on, as a person chose, or else those around the selected one,
 * or the latest.
 */
export function socketWindow(count: number, selected: number, first: number | undefined): SocketWindow {
  const wanted = first ?? (selected < 0 ? count : selected - SOCKETS_SHOWN / 2);
  const start = Math.max(0, Math.min(wanted, count - SOCKETS_SHOWN));
  return { first: start, end: Math.min(count, start + SOCKETS_SHOWN) };
}
