import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { CHROMIUM_FLAGS, findChromium } from '../scripts/chromium.mjs';
import type { PageBench, PageBenchView } from './page/page-bench.ts';

// `npm run bench:page`: what the page does with a million events, in headless Chromium. Times are of the machine as it is.

declare const bench: PageBench;

const EVENTS = 1_000_000;
const RATE = 5_000;
const FEED_MILLISECONDS = 5_000;
const FRAME_GOAL = 50;
const ROOT = fileURLToPath(new URL('./page', import.meta.url));

type Frames = { readonly count: number; readonly median: number; readonly p99: number; readonly longest: number };

const folder = await mkdtemp(join(tmpdir(), 'bench-page-'));
const config = {
  configFile: false,
  root: ROOT,
  base: './',
  logLevel: 'error',
  build: { outDir: folder, emptyOutDir: true },
} as const;
await build({ ...config, build: { ...config.build, target: 'chrome123' } });
const server = await preview({ ...config, preview: { host: '127.0.0.1', port: 0 } });
const executablePath = findChromium();
const browser = await chromium.launch({
  args: [...CHROMIUM_FLAGS, '--js-flags=--expose-gc'],
  ...(executablePath ? { executablePath } : {}),
});
try {
  await measure(browser, server.resolvedUrls?.local[0] as string);
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true });
}

async function measure(from: Browser, url: string): Promise<void> {
  const page = await from.newPage({ viewport: { width: 1_189, height: 800 } });
  await page.addInitScript(countFrames);
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in window);

  const before = await heapBytes(page);
  const filled = await page.evaluate((events) => bench.fill(events), EVENTS);
  const held = (await heapBytes(page)) - before - filled.bytes;
  print(
    `${filled.events} events held`,
    `${(held / filled.events).toFixed(0)} B each beside their bytes`,
    held / filled.events <= 400,
  );

  for (const view of ['ladder', 'table', 'stream'] as const) {
    const started = performance.now();
    await page.evaluate((shown) => bench.show(shown), view);
    const opening = await framesUntil(page, () => untilSettled(page));
    print(
      `${view} opened`,
      `${(performance.now() - started).toFixed(0)} ms; ${framesText(opening)}`,
      opening.longest <= FRAME_GOAL,
    );
    await scroll(page, view);
    const live = await framesUntil(page, () =>
      page.evaluate(([rate, time]) => bench.feed(rate, time), [RATE, FEED_MILLISECONDS] as const),
    );
    print(`${view}, ${RATE} events/s added`, framesText(live), live.longest <= FRAME_GOAL);
    if (view === 'table') await filter(page);
  }
}

async function scroll(page: Page, view: PageBenchView): Promise<void> {
  const frames = await framesUntil(page, async () => {
    await page.mouse.move(400, 400);
    for (let turn = 0; turn < 60; turn += 1) await page.mouse.wheel(0, turn < 40 ? -4_000 : 6_000);
    await untilSettled(page);
  });
  print(`${view} scrolled`, framesText(frames), frames.longest <= FRAME_GOAL);
  await page
    .getByRole('button', { name: /new$/ })
    .click({ timeout: 2_000 })
    .catch(() => undefined);
}

/** From the change of the box to the last row: the pause in typing that it waits for is not counted. */
async function filter(page: Page): Promise<void> {
  const Pause = 120;
  let took = 0;
  const frames = await framesUntil(page, async () => {
    const started = performance.now();
    await page.getByRole('textbox', { name: 'Filter' }).fill('message 77777');
    await page.waitForFunction(
      () => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === '5',
      undefined,
      { polling: 'raf' },
    );
    took = performance.now() - started - Pause;
  });
  print('filter over all', `${took.toFixed(0)} ms; ${framesText(frames)}`, took <= 200 && frames.longest <= FRAME_GOAL);
  await page.getByRole('textbox', { name: 'Filter' }).fill('');
}

/** Until nothing more is taken in: the number of rows is the same in twenty frames that follow one another. */
async function untilSettled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const size = (): number =>
      document.querySelector('main')?.firstElementChild?.querySelector('[style*=height]')?.clientHeight ?? 0;
    let last = -1;
    for (let same = 0; same < 20; same = size() === last ? same + 1 : 0) {
      last = size();
      await new Promise(requestAnimationFrame);
    }
  });
}

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usage.usedSize + usage.backingStorageSize;
}

/** Runs in the page: the time between frames, by the browser's own clock of frames. */
function countFrames(): void {
  const frames: number[] = [];
  let last = 0;
  const count = (time: number): void => {
    if (last > 0) frames.push(time - last);
    last = time;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  Object.assign(window, { frames });
}
async function framesUntil(page: Page, done: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => ((window as unknown as { frames: number[] }).frames.length = 0));
  await done();
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.slice());
  const sorted = frames.sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { count: sorted.length, median: at(0.5), p99: at(0.99), longest: sorted.at(-1) ?? 0 };
}
function framesText({ count, median, p99, longest }: Frames): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  return `${count} frames: median ${ms(median)}, p99 ${ms(p99)}, longest ${ms(longest)}`;
}
function print(what: string, figure: string, isMet: boolean): void {
  process.stdout.write(`${isMet ? 'met   ' : 'missed'}  ${what.padEnd(32)}${figure}\n`);
}
