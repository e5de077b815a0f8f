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
  async start(source: string): Promise<void> {
    await this.#page.evaluate(pasteAndRun, source);
    await until(this.#page, 'server.py', 'running|ended|blocked|waiting');
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

function pasteAndRun(source: string): void {
  const editor = document.querySelector<HTMLElement>('.cm-content');
  editor?.focus();
  document.execCommand('selectAll');
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', source);
  editor?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  const buttons = [...(editor?.closest('section')?.querySelectorAll('button') ?? [])];
  for (const name of ['Clear', 'Run']) buttons.find(({ textContent }) => textContent === name)?.click();
}
