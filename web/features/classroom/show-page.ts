import type { ReactNode } from 'react';
import type { WatchedPage } from '../../store/classroom/watched-page.ts';

/** What of somebody else's page is drawn. */
export type PagePart = 'sockets' | 'programs' | 'all';
/** Draws somebody else's page. */
export type ShowPage = (page: WatchedPage, part: PagePart) => ReactNode;
