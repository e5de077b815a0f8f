import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import type { Milliseconds } from '../../../protocol/units.ts';
import { pythonRuntime } from '../../../scripts/build/python-runtime.ts';
import { chromiumOptions } from '../../../scripts/chromium.mjs';
import { noDns } from '../../../testing/kit/packaged-playground.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import type { PythonNews, PythonTab } from './python-tab/tab-process.ts';

declare const pythonTab: PythonTab;

const ROOT = fileURLToPath(new URL('./python-tab', import.meta.url));
/** The budgets of a class are for honest learners; a thousand programs in a row are none. */
const OPEN = {
  streams: 4_000,
  listeners: 500,
  accepted: 2_000,
  framesPerSecond: 1e6,
  framesBurst: 1e6,
  bytesPerSecond: 1e9,
  bytesBurst: 1e9,
  opensPerSecond: 1e5,
  opensBurst: 1e5,
  destinationsPerMinute: 1e6,
  workPerSecond: 1e6,
  workBurst: 1e6,
  datagramsPerSecond: 1e5,
};
/** After Ctrl+C. */
const GRACE: Milliseconds = 3_000;

export type RunOptions = {
  readonly slice?: Milliseconds | undefined;
  /** So long may pass without a word from the program: then it gets Ctrl+C, and then it is ended. */
  readonly patience: Milliseconds;
  readonly onOutput?: (text: string) => void;
};
export type Ended = {
  readonly output: string;
  readonly how: 'exit' | 'interrupted' | 'killed' | 'died';
  readonly why: string;
};

/** Python processes in headless Chromium, in front of a real gateway: web/python as the Program page has it, without the page. */
export class PythonChromium {
  readonly #page: Page;
  readonly #listeners = new Map<number, (news: PythonNews) => void>();
  readonly #close: () => Promise<void>;

  private constructor(page: Page, close: () => Promise<void>) {
    this.#page = page;
    this.#close = close;
  }

  static async start(): Promise<PythonChromium> {
    const folder = await mkdtemp(join(tmpdir(), 'python-tab-'));
    const config = { configFile: false, root: ROOT, base: './', logLevel: 'error' } as const;
    await build({
      ...config,
      plugins: [pythonRuntime()],
      worker: { format: 'es' },
      build: { outDir: folder, emptyOutDir: true, target: 'chrome137', modulePreload: { polyfill: false } },
    });
    const gateway = await startTestPlayground({
      lookup: noDns,
      limits: OPEN,
      mode: 'allow-list',
      allow: ['127.0.0.1:*', '[::1]:*'],
      webRoot: folder,
    });
    const browser = await chromium.launch(chromiumOptions());
    const page = await browser.newPage();
    const made = new PythonChromium(page, async () => {
      await browser.close();
      await gateway.close();
      await rm(folder, { recursive: true });
    });
    await page.exposeFunction('pythonNews', (news: PythonNews) => made.#listeners.get(news.id)?.(news));
    await page.goto(gateway.url);
    await page.waitForFunction(() => 'pythonTab' in window);
    return made;
  }

  async close(): Promise<void> {
    await this.#close();
  }

  /** The browser may be gone by then. */
  #tell(call: () => Promise<void>): void {
    call().catch(() => undefined);
  }

  /** Runs a program in a process of its own, to its end. */
  async run(source: string, { slice, patience, onOutput }: RunOptions): Promise<Ended> {
    const { promise, resolve } = Promise.withResolvers<Ended>();
    let output = '';
    let isInterrupted = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (how: Ended['how'], why: string) => {
      clearTimeout(timer);
      resolve({ output, how, why });
    };
    const started = this.#page.evaluate(([text, ms]) => pythonTab.start(text, ms ?? undefined), [
      source,
      slice ?? null,
    ] as const);
    const id = await started;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        isInterrupted = true;
        this.#tell(() => this.#page.evaluate((which) => pythonTab.interrupt(which), id));
        timer = setTimeout(() => {
          this.#tell(() => this.#page.evaluate((which) => pythonTab.kill(which), id));
          end('killed', 'did not stop');
        }, GRACE);
      }, patience);
    };
    this.#listeners.set(id, (news) => {
      if (news.on === 'output') {
        output += news.text;
        onOutput?.(news.text);
        if (!isInterrupted) watch();
      } else if (news.on === 'died') end('died', news.text);
      else end(isInterrupted ? 'interrupted' : 'exit', String(news.code));
    });
    watch();
    return await promise.finally(() => this.#listeners.delete(id));
  }
}
