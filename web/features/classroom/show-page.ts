import type { ReactNode } from 'react';
import type { WatchedPage } from '../../store/classroom/watched-page.ts';

/** Draws somebody else's page. */
export type ShowPage = (page: WatchedPage) => ReactNode;
