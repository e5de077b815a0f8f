import { type MouseEvent, useSyncExternalStore } from 'react';

export const PAGES = ['play', 'program', 'learn', 'teach'] as const;
export type Page = (typeof PAGES)[number];
/** Where the page is: below which path it is served, and which of its pages is asked for. */
export type Place = { readonly base: string; readonly page: Page | 'missing' };

/** The page may be served below any path, `/` or `/sockets/`: its pages are the last segment, Play is the empty one. */
export function parsePath(pathname: string): Place {
  const cut = pathname.lastIndexOf('/') + 1;
  const base = pathname.slice(0, cut) || '/';
  const last = pathname.slice(cut);
  if (last === '' || last === 'index.html') return { base, page: 'play' };
  return { base, page: PAGES.find((page) => page !== 'play' && page === last) ?? 'missing' };
}

export function pathOf(base: string, page: Page): string {
  return page === 'play' ? base : `${base}${page}`;
}

const listeners = new Set<() => void>();
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

export function usePage(): Page | 'missing' {
  return parsePath(useSyncExternalStore(subscribe, () => window.location.pathname)).page;
}

function navigate(path: string): void {
  window.history.pushState(null, '', path);
  for (const notify of listeners) notify();
}

/** For a link within the page: a plain press stays in it, one that asks for a new tab or window is the browser's. */
export function followLink(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  navigate(event.currentTarget.pathname);
}
