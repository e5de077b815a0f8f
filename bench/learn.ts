import { type Browser, chromium } from '@playwright/test';
import { parsePack } from '../lesson/pack/pack.ts';
import { LESSONS_FOLDER, readPackFolder } from '../lesson/testing/pack-folder.ts';
import type { Milliseconds } from '../protocol/units.ts';
import { chromiumOptions } from '../scripts/chromium.mjs';
import { startTestPlayground } from '../testing/playground.ts';

/**
 * `npm run bench:learn -- [ROUNDS]`: how long after the last of its scripts a lesson is ready: its steps are on the page, and the
 * workplace beside it can be used. The page has to be built. Each visit is a first one, by the address of the lesson.
 */
const READY_GOAL: Milliseconds = 300;
const ROUNDS = Number(process.argv[2] ?? 3);

const lessons = parsePack(readPackFolder(LESSONS_FOLDER)).lessons.map(({ lesson }) => lesson.id);
const server = await startTestPlayground();
const browser = await chromium.launch(chromiumOptions());
try {
  // What the first visit of all costs is the browser's own.
  await visit(browser, lessons[0] as string);
  for (const id of lessons) {
    const visits: Visit[] = [];
    for (let round = 0; round < ROUNDS; round += 1) visits.push(await visit(browser, id));
    const sorted = visits.toSorted((one, other) => one.ready - other.ready);
    const { ready, fetched } = sorted[sorted.length >> 1] as Visit;
    const figures = `${ready.toFixed(0).padStart(5)} ms after its scripts, which came after ${fetched.toFixed(0)} ms`;
    process.stdout.write(`${ready <= READY_GOAL ? 'met   ' : 'missed'}  ${id.padEnd(14)}${figures}\n`);
  }
} finally {
  await browser.close();
  await server.close();
}

type Visit = { readonly ready: Milliseconds; readonly fetched: Milliseconds };

async function visit(from: Browser, id: string): Promise<Visit> {
  const context = await from.newContext({ locale: 'en-US', viewport: { width: 1_440, height: 900 } });
  try {
    const page = await context.newPage();
    // Noted in the page, at the change itself: a question from outside comes later.
    await page.addInitScript(() => {
      const observer = new MutationObserver(() => {
        const hasSteps = document.querySelector('section[aria-label="Lesson"] ol > li') !== null;
        if (!hasSteps || document.querySelector('[aria-label="Workplace"] button') === null) return;
        observer.disconnect();
        performance.mark('lesson-ready');
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true });
    });
    await page.goto(`${server.url}learn#lesson=${id}`);
    return await page.evaluate(async () => {
      while (performance.getEntriesByName('lesson-ready').length === 0) await new Promise(requestAnimationFrame);
      const ready = performance.getEntriesByName('lesson-ready')[0]?.startTime ?? 0;
      const scripts = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const ends = scripts.filter(
        ({ name, responseEnd }) => /(lesson-texts-|ProgramPart-|Editor-).*\.js$/.test(name) && responseEnd <= ready,
      );
      const fetched = Math.max(...ends.map(({ responseEnd }) => responseEnd));
      return { ready: ready - fetched, fetched };
    });
  } finally {
    await context.close();
  }
}
