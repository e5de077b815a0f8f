import { expect, type Locator, type Page } from '@playwright/test';
import { en, type Messages } from '../../web/i18n/en.ts';

const PYTHON_START = 20_000;

/** One program's pane, by roles and names alone. */
export class ProgramPane {
  readonly file: string;
  readonly pane: Locator;
  readonly run: Locator;
  readonly stop: Locator;
  readonly state: Locator;
  readonly output: Locator;
  readonly input: Locator;
  readonly editor: Locator;

  constructor(page: Page, file: string, words: Messages = en) {
    const t = words.program;
    this.file = file;
    this.pane = page.getByRole('region', { name: file, exact: true });
    this.run = this.pane.getByRole('button', { name: t.run, exact: true });
    this.stop = this.pane.getByRole('button', { name: t.stop, exact: true });
    this.state = this.pane.getByRole('status', { name: t.status.label(file) });
    this.output = this.pane.getByRole('log', { name: t.terminal.output(file) });
    this.input = this.pane.getByRole('textbox', { name: t.terminal.input(file) });
    this.editor = this.pane.getByRole('textbox', { name: t.editor(file) });
  }

  /** Replaces the program's text, as a paste does. */
  async write(source: string): Promise<void> {
    await this.editor.click();
    await this.editor.press('ControlOrMeta+A');
    await this.editor.press('Delete');
    await this.editor.evaluate((element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, source);
  }
  /** Presses Stop and waits for Run, timed where it happens: milliseconds that the person waits. */
  async stopAndTime(): Promise<number> {
    return await this.stop.evaluate(async (button) => {
      const pane = button.closest('section') as HTMLElement;
      const isStopped = () => [...pane.querySelectorAll('button')].some(({ textContent }) => textContent === 'Run');
      const start = performance.now();
      (button as HTMLElement).click();
      await new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!isStopped()) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(pane, { childList: true, subtree: true, characterData: true });
      });
      return performance.now() - start;
    });
  }
  /** Forgets what was printed. */
  async clear(): Promise<void> {
    await this.pane.getByRole('button', { name: 'Clear' }).click();
  }
  async type(line: string): Promise<void> {
    await this.input.fill(line);
    await this.input.press('Enter');
  }
}

export class ProgramPage {
  readonly page: Page;
  /** Where the playground is, with a slash behind; `/`: where the test's baseURL says. */
  readonly home: string;
  readonly server: ProgramPane;
  readonly client: ProgramPane;
  readonly example: Locator;
  readonly ladder: Locator;

  constructor(page: Page, words: Messages = en, home = '/') {
    this.page = page;
    this.home = home;
    this.server = new ProgramPane(page, 'server.py', words);
    this.client = new ProgramPane(page, 'client.py', words);
    this.example = page.getByRole('combobox', { name: words.program.example });
    this.ladder = page.getByRole('grid', { name: words.program.ladder.label });
  }

  async open(url = `${this.home}program`): Promise<void> {
    await this.page.goto(url);
    await this.ready();
  }
  /** The first visit fetches and starts Python: 14 MB of WebAssembly, for each of the two programs. */
  async ready(): Promise<void> {
    await this.serverReady();
    await expect(this.client.state).toHaveText('ready', { timeout: PYTHON_START });
  }
  async serverReady(): Promise<void> {
    await expect(this.server.state).toHaveText('ready', { timeout: PYTHON_START });
  }
  /** Rows of the ladder that hold both texts, in order. */
  row(...texts: readonly string[]): Locator {
    return texts.reduce((rows, text) => rows.filter({ hasText: text }), this.ladder.getByRole('row'));
  }
}
