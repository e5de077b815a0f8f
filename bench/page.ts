import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { chromiumOptions } from '../scripts/chromium.mjs';
import { type Work, workUntil } from '../testing/main-thread.ts';
import { EVENTS_MAX } from '../trace/trace-buffer.ts';
import type { PageBench } from './page/page-bench.ts';

// `npm run bench:page`: what the page does with a million events, in headless Chromium. A task's time is
// that of the processor: on a machine that does other things too, the clock says how long the page was kept waiting.

declare const bench: PageBench;

const EVENTS = 1_000_000;
const RATE = 5_000;
const FEED_MILLISECONDS = 5_000;
const FRAME_GOAL = 50;
const EVENT_BYTES_GOAL = 400;
const FILTER_GOAL = 200;
/** What the filter waits for another key. */
const TYPING_PAUSE = 120;
const ROOT = fileURLToPath(new URL('./page', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'bench-page-'));
const config = {
  configFile: false,
  root: ROOT,
  base: './',
  logLevel: 'error',
  build: { outDir: folder, emptyOutDir: true },
  worker: { format: 'es' },
} as const;
await build({ ...config, build: { ...config.build, target: 'chrome123' } });
const server = await preview({ ...config, preview: { host: '127.0.0.1', port: 0 } });
const browser = await chromium.launch(chromiumOptions('--js-flags=--expose-gc'));
try {
  await measure(browser, server.resolvedUrls?.local[0] as string);
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true });
}

async function measure(from: Browser, url: string): Promise<void> {
  const page = await from.newPage({ viewport: { width: 1_189, height: 800 } });
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in window);
  const during = (done: () => Promise<unknown>): Promise<Work> => workUntil(from, page, done);

  const feeding = () => page.evaluate(([rate, time]) => bench.feed(rate, time), [RATE, FEED_MILLISECONDS] as const);
  const before = await heapBytes(page);
  const filled = await page.evaluate((events) => bench.fill(events), EVENTS);
  const held = (await heapBytes(page)) - before - filled.bytes;
  printMemory(`${filled.events} events held`, held / filled.events);

  for (const view of ['ladder', 'table', 'stream'] as const) {
    const started = performance.now();
    await page.evaluate((shown) => bench.show(shown), view);
    const opening = await during(() => untilSettled(page));
    const opened = `${(performance.now() - started).toFixed(0)} ms`;
    printWork(`${view} opened`, opening, opened);
    printWork(`${view} scrolled`, await during(() => scroll(page)));
    await showNewest(page);
    printWork(`${view}, ${RATE} events/s added`, await during(feeding));
    if (view === 'table') await filter(page, during);
  }
  const { events, bytes } = await page.evaluate(() => bench.held());
  printMemory(`${events} events, every view opened`, ((await heapBytes(page)) - before - bytes) / events);

  await files(page, during);

  // Past the cap, while the table is looked at.
  await page.evaluate((shown) => bench.show(shown), 'table' as const);
  await page.evaluate((nearly) => bench.fill(nearly), EVENTS_MAX - RATE);
  await untilSettled(page);
  const passing = await during(async () => {
    await feeding();
    await untilSettled(page);
  });
  const { dropped } = await page.evaluate(() => bench.held());
  printWork(`${dropped} oldest events dropped`, passing);
}

async function files(page: Page, during: (done: () => Promise<unknown>) => Promise<Work>): Promise<void> {
  for (const format of ['pcapng', 'json'] as const) {
    let size = 0;
    const work = await during(async () => {
      size = await page.evaluate((chosen) => bench.save(chosen), format);
    });
    printWork(`saved as ${format}`, work, `${(size / 1_000_000).toFixed(0)} MB`);
  }
  let events = 0;
  const work = await during(async () => {
    events = await page.evaluate(() => bench.open());
  });
  printWork('opened again', work, `${events} events`);
}

async function scroll(page: Page): Promise<void> {
  await page.mouse.move(400, 400);
  for (let turn = 0; turn < 60; turn += 1) await page.mouse.wheel(0, turn < 40 ? -4_000 : 6_000);
  await untilSettled(page);
}
/** Back to the end, so that what is added is followed. */
async function showNewest(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /new$/ });
  if (await button.isVisible()) await button.click();
}

/** From the change of the box to the last row: the pause in typing that it waits for is not counted. */
async function filter(page: Page, during: (done: () => Promise<unknown>) => Promise<Work>): Promise<void> {
  let took = 0;
  const work = await during(async () => {
    // The question and its answer, at both ends.
    took = await page.evaluate(() => bench.filter('message 77777', 4));
  });
  print(
    'filter over all',
    `${work.totalCpu.toFixed(0)} ms of CPU, ${(took - TYPING_PAUSE).toFixed(0)} ms by the clock; ${workText(work)}`,
    work.totalCpu <= FILTER_GOAL && work.longestCpu <= FRAME_GOAL,
  );
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

function printMemory(what: string, bytes: number): void {
  print(what, `${bytes.toFixed(0)} B each beside their bytes`, bytes <= EVENT_BYTES_GOAL);
}
function printWork(what: string, work: Work, note?: string): void {
  print(what, [note, workText(work)].filter(Boolean).join('; '), work.longestCpu <= FRAME_GOAL);
}
function workText({ longestCpu, p99Cpu, longestWall, share }: Work): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const machine = `${(100 * share).toFixed(0)} % of the processor`;
  return `longest task ${ms(longestCpu)} of CPU (p99 ${ms(p99Cpu)}), ${ms(longestWall)} by the clock at ${machine}`;
}
function print(what: string, figure: string, isMet: boolean): void {
  process.stdout.write(`${isMet ? 'met   ' : 'missed'}  ${what.padEnd(36)}${figure}\n`);
}
