/** The pages of the application, as they stand in its addresses: the server serves them, the header links them. Play is `/`. */
export const PAGE_NAMES = ['play', 'program', 'learn', 'teach'] as const;
export type PageName = (typeof PAGE_NAMES)[number];

/** The page's last path segment, below whatever path the application is served at; Play's is empty. */
export function segmentOf(page: PageName): string {
  return page === 'play' ? '' : page;
}
