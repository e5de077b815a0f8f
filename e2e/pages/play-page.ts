import { expect, type Locator, type Page } from '@playwright/test';

/** The Play page, by the roles and names that stand in its specification and nothing else. */
export class PlayPage {
  readonly page: Page;
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
  readonly resetButton: Locator;
  readonly closeButton: Locator;
  readonly data: Locator;
  readonly sendButton: Locator;
  readonly ladder: Locator;
  readonly events: Locator;
  readonly filter: Locator;
  readonly stream: Locator;
  readonly inspector: Locator;
  readonly bytes: Locator;
  readonly alert: Locator;

  constructor(page: Page) {
    this.page = page;
    this.protocol = page.getByRole('combobox', { name: 'Protocol' });
    this.host = page.getByRole('textbox', { name: 'Host', exact: true });
    this.port = page.getByRole('textbox', { name: 'Port', exact: true });
    this.connectButton = page.getByRole('button', { name: 'Connect', exact: true });
    this.listenButton = page.getByRole('button', { name: 'Listen', exact: true });
    this.acceptButton = page.getByRole('button', { name: 'Accept', exact: true });
    this.labServers = page.getByRole('list', { name: 'Lab servers' });
    this.sockets = page.getByRole('list', { name: 'My sockets' });
    this.state = page.getByRole('status', { name: 'Socket state' });
    this.halfCloseButton = page.getByRole('button', { name: 'Half-close', exact: true });
    this.resetButton = page.getByRole('button', { name: 'Reset', exact: true });
    this.closeButton = page.getByRole('button', { name: 'Close', exact: true });
    this.data = page.getByRole('textbox', { name: 'Data to send' });
    this.sendButton = page.getByRole('button', { name: 'Send', exact: true });
    this.ladder = page.getByRole('grid', { name: 'Ladder' });
    this.events = page.getByRole('grid', { name: 'Events' });
    this.filter = page.getByRole('textbox', { name: 'Filter' });
    this.stream = page.getByRole('region', { name: 'Stream' });
    this.inspector = page.getByRole('region', { name: 'Inspector' });
    this.bytes = page.getByRole('grid', { name: 'Bytes' });
    this.alert = page.getByRole('alert');
  }

  /** Opens the page; a target fills Host and Port as a link would. */
  async open(target?: { readonly host: string; readonly port: number }): Promise<void> {
    await this.page.goto(target ? `/?host=${target.host}&port=${target.port}` : '/');
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

  view(name: 'Ladder' | 'Table' | 'Stream' | 'Boundaries' | 'Compare'): Locator {
    return this.page.getByRole('tablist', { name: 'View' }).getByRole('tab', { name });
  }
  sendAs(name: 'Text' | 'Escapes' | 'Hex'): Locator {
    return this.page.getByRole('radiogroup', { name: 'Send as' }).getByRole('radio', { name });
  }
  lineEnding(name: 'None' | 'LF' | 'CRLF'): Locator {
    return this.page.getByRole('radiogroup', { name: 'Line ending' }).getByRole('radio', { name, exact: true });
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
