import { setTimeout as delay } from 'node:timers/promises';
import type { Milliseconds } from '../../protocol/units.ts';
import type { BareBrowser, Page } from './browser.ts';

const LOOK_INTERVAL: Milliseconds = 20;
const PATIENCE: Milliseconds = 60_000;

/** The Program page, driven from inside: a program in the first pane, run and read. */
export class ProgramTab {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** `ready`: from the navigation's start to a first program that can be run, by the page's own clock. */
  static async open(browser: BareBrowser, url: string): Promise<{ tab: ProgramTab; ready: Milliseconds }> {
    const page = await browser.open(`${url}program`);
    const ready = await until(page, 'server.py', '^ready$');
    return { tab: new ProgramTab(page), ready };
  }

  /** Until every pane's Python has started. */
  async settle(): Promise<void> {
    await until(this.#page, 'client.py', '^ready$');
  }
  async start(source: string, file = 'server.py'): Promise<void> {
    await this.#page.evaluate(pasteAndRun, source, file);
    await until(this.#page, file, 'running|ended|blocked|waiting');
  }
  /** Stops both programs. */
  async stop(): Promise<void> {
    await this.#page.evaluate(pressStop);
    for (const file of ['server.py', 'client.py']) await until(this.#page, file, '^(ended|ready)');
  }
  /** The longest task of the page's main thread while `run` runs, by the clock; 0: none took more than 50 ms. */
  async longestTask(run: () => Promise<unknown>): Promise<Milliseconds> {
    await this.#page.evaluate(watchTasks);
    await run();
    return Math.round(await this.#page.evaluate(readTasks));
  }
  /** No caret blinks: that is drawn twice a second wherever one writes. */
  async blur(): Promise<void> {
    await this.#page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  }
  async untilBlockedFor(seconds: number): Promise<void> {
    while ((await this.#page.evaluate(readBlocked)) < seconds) await delay(LOOK_INTERVAL);
  }
  /** What it printed. */
  async run(source: string): Promise<string> {
    await this.start(source);
    for (;;) {
      await until(this.#page, 'server.py', '^ended');
      const output = await this.#page.evaluate(() => document.querySelector('[role=log]')?.textContent ?? '');
      // The page's own last word: what came before it has been drawn.
      if (output.includes('Ended')) return output;
    }
  }
  async close(): Promise<void> {
    await this.#page.close();
  }
}

/** For how long its line says that the program has been blocked, in s; 0: no line says so. */
function readBlocked(): number {
  return Number(/(\d+) s$/.exec(document.querySelector('.cm-line-note')?.textContent ?? '')?.[1] ?? 0);
}

/** When a program's state was seen to read so, in ms since the navigation began. */
async function until(page: Page, file: string, pattern: string): Promise<Milliseconds> {
  const label = `State of ${file}`;
  const deadline = performance.now() + PATIENCE;
  while (performance.now() < deadline) {
    const [state, at] = await page.evaluate(readState, label);
    if (new RegExp(pattern).test(state)) return at;
    await delay(LOOK_INTERVAL);
  }
  throw new Error(`${file} is not ${pattern}`);
}

function readState(label: string): [state: string, at: number] {
  return [document.querySelector(`[role=status][aria-label="${label}"]`)?.textContent ?? '', performance.now()];
}

type Watched = Window & { watched?: { readonly observer: PerformanceObserver; longest: Milliseconds } };

function watchTasks(): void {
  const note = (entries: readonly PerformanceEntry[]): void => {
    for (const { duration } of entries) watched.longest = Math.max(watched.longest, duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  const watched = { observer, longest: 0 };
  observer.observe({ type: 'longtask' });
  (window as Watched).watched = watched;
}
/** A task is told of after its end: two frames later all are. */
async function readTasks(): Promise<Milliseconds> {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const { watched } = window as Watched;
  watched?.observer.disconnect();
  return watched?.longest ?? 0;
}

function pressStop(): void {
  for (const button of document.querySelectorAll('section button')) {
    if (button.textContent === 'Stop') (button as HTMLElement).click();
  }
}

function pasteAndRun(source: string, file: string): void {
  const editor = document.querySelector<HTMLElement>(`section[aria-label="${file}"] .cm-content`);
  editor?.focus();
  document.execCommand('selectAll');
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', source);
  editor?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  const buttons = [...(editor?.closest('section')?.querySelectorAll('button') ?? [])];
  for (const name of ['Clear', 'Run']) buttons.find(({ textContent }) => textContent === name)?.click();
}
