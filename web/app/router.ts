import { type MouseEvent, useMemo, useSyncExternalStore } from 'react';
import { PAGE_NAMES, type PageName, segmentOf } from '../../protocol/pages.ts';
import type { DeepLink } from '../ui/page/deep-link.ts';

/** Where the page is: below which path it is served, and which of its pages is asked for. */
export type Place = { readonly base: string; readonly page: PageName | 'missing' };
/** The page may be served below any path, `/` or `/sockets/`: its pages are the last segment, Play is the empty one. */
export function parsePath(pathname: string): Place {
  const cut = pathname.lastIndexOf('/') + 1;
  const base = pathname.slice(0, cut) || '/';
  const last = pathname.slice(cut);
  if (last === '' || last === 'index.html') return { base, page: 'play' };
  return { base, page: PAGE_NAMES.find((page) => segmentOf(page) === last) ?? 'missing' };
}

export function parseDeepLink({ search, hash }: { readonly search: string; readonly hash: string }): DeepLink {
  const query = new URLSearchParams(search);
  const fragment = new URLSearchParams(hash.replace(/^#/, ''));
  const found = {
    lesson: fragment.get('lesson') ?? query.get('lesson'),
    step: fragment.get('step') ?? query.get('step'),
    room: fragment.get('room'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null && value !== ''));
}

export function pathOf(base: string, page: PageName, { lesson, step, room }: DeepLink = {}): string {
  const link = { ...(lesson && { lesson }), ...(step && { step }), ...(room && { room }) };
  const fragment = new URLSearchParams(link).toString();
  return `${base}${segmentOf(page)}${fragment && `#${fragment}`}`;
}

const listeners = new Set<() => void>();
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  window.addEventListener('hashchange', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
    window.removeEventListener('hashchange', listener);
  };
}

/** The page that the address names, and what it asks for there. */
export function usePlace(): { readonly page: PageName | 'missing'; readonly link: DeepLink } {
  const address = useSyncExternalStore(subscribe, () => window.location.href);
  return useMemo(() => {
    const url = new URL(address);
    return { page: parsePath(url.pathname).page, link: parseDeepLink(url) };
  }, [address]);
}

function navigate(path: string): void {
  window.history.pushState(null, '', path);
  for (const notify of listeners) notify();
}

/** For a link within the page: a plain press stays in it, one that asks for a new tab or window is the browser's. */
export function followLink(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { pathname, search, hash } = event.currentTarget;
  navigate(`${pathname}${search}${hash}`);
}
