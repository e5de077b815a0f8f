import type { Page } from '@playwright/test';

/** What is cut at the side where nothing scrolls, and whatever makes the page wider than its window. */
export async function cutTexts(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found = new Set<string>();
    const overflow = document.documentElement.scrollWidth - window.innerWidth;
    if (overflow > 0) found.add(`the page is ${overflow} px wider than its window`);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const { clientWidth, clientHeight, scrollWidth, scrollHeight } = element;
      const { overflowX, overflowY, visibility, clipPath } = getComputedStyle(element);
      if (clientWidth < 4 || visibility === 'hidden' || clipPath !== 'none') continue;
      const text = element.textContent.trim().slice(0, 60).replaceAll('\n', ' ⏎ ');
      if (!text) continue;
      const isCut = (at: string): boolean => at === 'hidden' || at === 'clip';
      if (isCut(overflowX) && scrollWidth > clientWidth + 1)
        found.add(`cut at the side by ${scrollWidth - clientWidth} px: ${text}`);
      if (isCut(overflowY) && scrollHeight > clientHeight + 3)
        found.add(`cut below by ${scrollHeight - clientHeight} px: ${text}`);
    }
    return [...found];
  });
}
