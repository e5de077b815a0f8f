import { expect, type Locator, type Page } from '@playwright/test';
import { en, type Messages } from '../../web/i18n/en.ts';

/** The Play page, by roles and by the names of the catalogue. That these are the specification's is web/i18n/contract.test.ts's affair. */
export class PlayPage {
  readonly page: Page;
  readonly words: Messages;
  /** Where the playground is, with a slash behind; `/`: where the test's baseURL says. */
  readonly home: string;
  readonly protocol: Locator;
  readonly host: Locator;
  readonly port: Locator;
  readonly connectButton: Locator;
  readonly listenButton: Locator;
  readonly acceptButton: Locator;
  readonly labServers: Locator;
  readonly sockets: Locator;
  readonly state: Locator;
  readonly halfCloseButton: Locator;
  readonly tryOut: Locator;
  readonly resetButton: Locator;
  readonly closeButton: Locator;
  readonly data: Locator;
  readonly sendButton: Locator;
  readonly toolsButton: Locator;
  /** The panel that it opens. */
  readonly tools: Locator;
  readonly ladder: Locator;
  readonly events: Locator;
  readonly filter: Locator;
  readonly stream: Locator;
  readonly inspector: Locator;
  readonly bytes: Locator;
  readonly alert: Locator;

  /** `words`: the catalogue of the language that the page is in. */
  constructor(page: Page, words: Messages = en, home = '/') {
    this.page = page;
    this.words = words;
    this.home = home;
    const t = words;
    this.protocol = page.getByRole('combobox', { name: t.target.protocol });
    this.host = page.getByRole('textbox', { name: t.target.host, exact: true });
    this.port = page.getByRole('textbox', { name: t.target.port, exact: true });
    this.connectButton = page.getByRole('button', { name: t.target.connect, exact: true });
    this.listenButton = page.getByRole('button', { name: t.sockets.listen, exact: true });
    this.acceptButton = page.getByRole('button', { name: t.sockets.accept, exact: true });
    this.labServers = page.getByRole('list', { name: t.labs.title });
    this.sockets = page.getByRole('list', { name: t.sockets.title });
    this.state = page.getByRole('status', { name: t.session.socketState });
    // The strip of experiments has one of that name too.
    this.halfCloseButton = page.locator('header').getByRole('button', { name: t.session.halfClose, exact: true });
    this.tryOut = page.getByRole('toolbar', { name: t.app.tryOut.label });
    this.resetButton = page.getByRole('button', { name: t.session.reset, exact: true });
    this.closeButton = page.getByRole('button', { name: t.session.close, exact: true });
    this.data = page.getByRole('textbox', { name: t.composer.data });
    this.sendButton = page.getByRole('button', { name: t.composer.send, exact: true });
    this.toolsButton = page.getByRole('button', { name: t.composer.tools, exact: true });
    this.tools = page.getByRole('region', { name: t.composer.tools });
    this.ladder = page.getByRole('grid', { name: t.ladder.label });
    this.events = page.getByRole('grid', { name: t.table.label });
    this.filter = page.getByRole('textbox', { name: t.table.filter });
    this.stream = page.getByRole('region', { name: t.stream.label });
    this.inspector = page.getByRole('region', { name: t.inspector.label });
    this.bytes = page.getByRole('grid', { name: t.inspector.grid });
    this.alert = page.getByRole('alert');
  }

  /** Opens the page; a target fills Host and Port as a link would. */
  async open(target?: { readonly host: string; readonly port: number }): Promise<void> {
    await this.page.goto(target ? `${this.home}?host=${target.host}&port=${target.port}` : this.home);
    await expect(this.connectButton).toBeEnabled();
  }

  /** Fills the target, as a click on a lab server does. */
  async choose(server: RegExp): Promise<void> {
    await this.labServer(server).getByRole('button').first().click();
  }
  /** Chooses a lab server by its name, and connects to it. */
  async connectTo(server: RegExp): Promise<void> {
    await this.choose(server);
    await this.connectButton.click();
    await expect(this.state).toContainText('ESTABLISHED');
  }

  labServer(name: RegExp): Locator {
    return this.labServers.getByRole('listitem').filter({ has: this.page.getByRole('button', { name }) });
  }

  /** Opens a listener on a port the system picks, and says which. */
  async listen(): Promise<number> {
    await this.listenButton.click();
    await expect(this.state).toContainText('LISTEN');
    const endpoint = await this.page.getByText(/^127\.0\.0\.1:\d+$/).textContent();
    return Number(endpoint?.split(':')[1]);
  }

  /** The button that chooses one of My sockets. */
  socket(name: string): Locator {
    return this.sockets.getByRole('button', { name, exact: true });
  }

  /** What a person does to send a line of text. */
  async send(text: string): Promise<void> {
    await this.data.fill(text);
    await this.data.press('Enter');
    await expect(this.data).toHaveValue('');
  }

  /**
   * As a person at the keyboard sends 00000, 00001 and on, only faster: each is a text typed and Enter pressed. After
   * every `atOnce` the event loop has a turn, so that the page can draw and the gateway be heard.
   */
  async sendMany(sends: number, { from = 0, atOnce = 50 } = {}): Promise<void> {
    const run = { first: from, end: from + sends, atOnce };
    await this.data.evaluate(async (box: HTMLTextAreaElement, { first, end, atOnce: batch }) => {
      const setValue = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
      const { port1, port2 } = new MessageChannel();
      const painted = () =>
        new Promise((resolve) => {
          port1.onmessage = resolve;
          port2.postMessage(undefined);
        });
      for (let nth = first; nth < end; nth += 1) {
        setValue?.call(box, String(nth).padStart(5, '0'));
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
        if (nth % batch === 0) await painted();
        else await Promise.resolve();
      }
    }, run);
  }

  view(view: keyof Messages['session']['views']): Locator {
    const { view: label, views } = this.words.session;
    return this.page.getByRole('tablist', { name: label }).getByRole('tab', { name: views[view] });
  }
  sendAs(way: keyof Messages['composer']['sendAsOptions']): Locator {
    const { sendAs, sendAsOptions } = this.words.composer;
    return this.page.getByRole('radiogroup', { name: sendAs }).getByRole('radio', { name: sendAsOptions[way] });
  }
  lineEnding(ending: keyof Messages['composer']['lineEndingOptions']): Locator {
    const { lineEnding, lineEndingOptions } = this.words.composer;
    const group = this.page.getByRole('radiogroup', { name: lineEnding });
    return group.getByRole('radio', { name: lineEndingOptions[ending], exact: true });
  }

  /** The texts of the ladder's rows that are on screen, cell by cell, without the header row. */
  async ladderRows(): Promise<string[][]> {
    const rows = await this.ladder
      .getByRole('row')
      .filter({ has: this.page.getByRole('gridcell') })
      .all();
    return Promise.all(rows.map((row) => row.getByRole('gridcell').allInnerTexts()));
  }
}
