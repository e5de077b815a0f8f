import type { ReactNode } from 'react';
import type { PageName } from '../../protocol/pages.ts';
import { PlayPage } from '../pages/play/PlayPage.tsx';
import { PlayStatus } from '../pages/play/PlayStatus.tsx';
import { type Deferred, onDemand } from '../platform/deferred.tsx';
import type { Playground } from '../store/playground.ts';
import type { DeepLink } from '../ui/page/deep-link.ts';
import { PageLoading } from './PageLoading.tsx';

export type PageProps = {
  readonly playground: Playground;
  readonly base: string;
  /** What the address asks for within the page. */
  readonly link: DeepLink;
  readonly hasSingleKeys: boolean;
};
type PageRow = {
  readonly Page: ((props: PageProps) => ReactNode) | Deferred<PageProps>;
  /** What the footer says of the page. */
  readonly Status: (props: PageProps) => ReactNode;
};

/** The editor, Python's worker and all: fetched when the page is first visited. */
const program = () => import('../pages/program/ProgramPage.tsx');
/** Lessons and their judge. */
const learn = () => import('../pages/learn/LearnPage.tsx');
/** A class, as its instructor sees it. */
const teach = () => import('../pages/teach/TeachPage.tsx');

/**
 * Every page that can be visited, in the order of the header's links. Play is in the first load, the others come when they are
 * visited. A name of protocol/pages.ts without a row is served, and shown as missing.
 */
export const PAGES: { readonly [Name in PageName]?: PageRow } = {
  play: { Page: PlayPage, Status: PlayStatus },
  program: {
    Page: onDemand(async () => (await program()).ProgramPage, <PageLoading />),
    Status: onDemand(async () => (await program()).ProgramStatus),
  },
  learn: {
    Page: onDemand(async () => (await learn()).LearnPage, <PageLoading />),
    Status: onDemand(async () => (await learn()).LearnStatus),
  },
  teach: {
    Page: onDemand(async () => (await teach()).TeachPage, <PageLoading />),
    Status: onDemand(async () => (await teach()).TeachStatus),
  },
};

function isFetched(Page: PageRow['Page']): Page is Deferred<PageProps> {
  return 'fetch' in Page;
}

/** Begins to fetch the page's code, before there is anything to draw it with. */
export function fetchPage(name: PageName | 'missing'): void {
  const Page = name === 'missing' ? undefined : PAGES[name]?.Page;
  // Where it cannot be had, the page says so when it is shown.
  if (Page && isFetched(Page)) Page.fetch().catch(() => undefined);
}
