import { type ComponentType, lazy } from 'react';
import type { PageName } from '../../protocol/pages.ts';
import { PlayPage } from '../pages/play/PlayPage.tsx';
import { PlayStatus } from '../pages/play/PlayStatus.tsx';
import type { Playground } from '../store/playground.ts';
import type { DeepLink } from '../ui/page/deep-link.ts';

export type PageProps = {
  readonly playground: Playground;
  readonly base: string;
  /** What the address asks for within the page. */
  readonly link: DeepLink;
  readonly hasSingleKeys: boolean;
};
type PageRow = {
  readonly Page: ComponentType<PageProps>;
  /** What the footer says of the page. */
  readonly Status: ComponentType<PageProps>;
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
    Page: lazy(async () => ({ default: (await program()).ProgramPage })),
    Status: lazy(async () => ({ default: (await program()).ProgramStatus })),
  },
  learn: {
    Page: lazy(async () => ({ default: (await learn()).LearnPage })),
    Status: lazy(async () => ({ default: (await learn()).LearnStatus })),
  },
  teach: {
    Page: lazy(async () => ({ default: (await teach()).TeachPage })),
    Status: lazy(async () => ({ default: (await teach()).TeachStatus })),
  },
};
