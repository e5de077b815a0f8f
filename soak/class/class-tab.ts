import { BareBrowser, type Page } from '../../bench/python/browser.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { eventually, percentile, Report, type SoakProgram, soon } from '../program.ts';
import { ServerProcess } from '../server/server-process.ts';
import { CLASS_LIMITS, startLearners } from './class-limits.ts';
import { SEAT_LABEL } from './seat-label.ts';
import { Teacher } from './teacher.ts';

const SECOND = 1_000;
const MIB = 1_048_576;
/** A step that is drawn later than this breaks its bound, whenever it is. */
const LATEST: Milliseconds = 1_500;

/** What the script in the page keeps: its longest task, and when each seat was drawn in each step. */
type Seen = { longest: Milliseconds; drawn: Record<string, Milliseconds> };

/** T6: the instructor's browser tab with the whole class in view as chips, while all do their steps. The page has to be built. */
export const classTab: SoakProgram = async ({ isLong }) => {
  const count = isLong ? 500 : 50;
  const seconds = isLong ? 120 : 5;
  const report = new Report();
  const server = await ServerProcess.start({ limits: CLASS_LIMITS }, 8_192);
  const learners = await startLearners(server, count);
  const teacher = new Teacher(server.url);
  const browser = await BareBrowser.launch();
  try {
    await teacher.entered;
    await teacher.create(server.teachKey);
    const { code, room = '' } = teacher.room.model;
    await Promise.all(learners.map((each) => each.ask({ do: 'enter' })));
    await Promise.all(learners.map((each) => each.ask({ do: 'join', code, over: count * 20 })));
    const page = await browser.open(`${server.url}teach#room=${room}&key=${server.teachKey}`);
    await eventually('the class is drawn', 30 * SECOND, () => page.evaluate(showChips).catch(() => false)); // it may still be on its way
    await page.evaluate(watchPage, SEAT_LABEL.source);
    await work(3);
    const before = await page.heapUsed();
    const { longest, drawn, inView } = await work(seconds);
    const after = await page.heapUsed();
    report.atLeast('seats in view at 1440 px', inView, count);
    report.atMost('T6 longest task', longest, 50, 'ms');
    report.atMost('heap', before / MIB, 40, 'MiB');
    report.tell(`grown in ${seconds} s`, (after - before) / MIB, 'MiB');
    report.atMost('T2 step to drawn tile p99', percentile(drawn, 0.99), SECOND, 'ms');

    async function work(duration: number) {
      await page.evaluate(forgetSeen);
      const told = await Promise.all(
        learners.map((each) => each.ask({ do: 'work', seconds: duration, reports: true })),
      );
      const met = told.flatMap((each) => each.met ?? []);
      await soon(LATEST, async () => (await page.evaluate(countDrawn)) >= met.length);
      const now = Date.now();
      const seen = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
      return {
        longest: seen.longest,
        drawn: met.map(([seat, step, at]) => (seen.drawn[`${seat} ${step}`] ?? now) - at),
        inView: await countInView(page),
      };
    }
  } finally {
    await browser.close();
    for (const each of learners) each.stop();
    teacher.client.leave();
    await server.stop();
  }
  return report.outcome;
};

// These run in the page.

function showChips(): boolean {
  document.querySelector<HTMLInputElement>('input[value=chips]')?.click();
  return document.querySelector('[role=gridcell]') !== null;
}
function watchPage(label: string): void {
  const seen: Seen = { longest: 0, drawn: {} };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
  }).observe({ type: 'longtask' });
  const pattern = new RegExp(label);
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const numbers = pattern.exec((target as Element).getAttribute('aria-label') ?? '');
      if (numbers) seen.drawn[`${numbers[1]} ${numbers[2]}`] ??= Date.now();
    }
  }).observe(document.body, { subtree: true, attributeFilter: ['aria-label'] });
}
function countDrawn(): number {
  return Object.keys((globalThis as unknown as { seen: Seen }).seen.drawn).length;
}
function forgetSeen(): void {
  const { seen } = globalThis as unknown as { seen: Seen };
  seen.longest = 0;
  seen.drawn = {};
}
function countInView(page: Page): Promise<number> {
  return page.evaluate(() => {
    const frame = document.querySelector('[role=grid]')?.getBoundingClientRect();
    const cells = [...document.querySelectorAll('[role=gridcell]')].map((cell) => cell.getBoundingClientRect());
    return cells.filter(({ top, bottom }) => frame && top >= frame.top && bottom <= frame.bottom + 1).length;
  });
}
