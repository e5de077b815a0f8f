import type { Locator, Page } from '@playwright/test';
import { type ClassWords, classWords } from '../../web/i18n/en/teach.ts';

/** The page Teach, by roles and by the names of the catalogue. */
export class TeachPage {
  readonly page: Page;
  readonly words: ClassWords['teach'];
  readonly counts: Locator;
  readonly seats: Locator;
  readonly seat: Locator;
  readonly joinDialog: Locator;
  readonly help: Locator;

  constructor(page: Page, words: ClassWords = classWords) {
    const { teach } = words;
    this.page = page;
    this.words = teach;
    this.counts = page.getByRole('list', { name: teach.counts.label, exact: true });
    this.seats = page.getByRole('grid', { name: teach.grid.label });
    this.seat = page.getByRole('region', { name: teach.seat.label, exact: true });
    this.joinDialog = page.getByRole('dialog', { name: teach.join.title, exact: true });
    this.help = page.getByRole('list', { name: teach.help.label, exact: true });
  }

  async open(url: string, key: string): Promise<void> {
    await this.page.goto(`${url}teach#key=${key}`);
  }
  async create(name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: this.words.create.name }).fill(name);
    await this.page.getByRole('button', { name: this.words.create.create, exact: true }).click();
    await this.page.getByRole('button', { name: this.words.keys.done }).click();
  }
  cell(name: string | RegExp): Locator {
    return this.seats.getByRole('gridcell', { name });
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}

/** A learner's side of a room, on whichever page. */
export class RoomSide {
  readonly page: Page;
  readonly words: ClassWords['room'];
  readonly room: Locator;
  readonly message: Locator;
  readonly spotlight: Locator;
  readonly dialog: Locator;

  constructor(page: Page, words: ClassWords = classWords) {
    const { room } = words;
    this.page = page;
    this.words = room;
    this.room = page.getByRole('status', { name: room.label, exact: true });
    this.message = page.getByRole('status', { name: room.message, exact: true });
    this.spotlight = page.getByRole('region', { name: room.spotlight.label });
    this.dialog = page.getByRole('dialog', { name: room.join });
  }

  async join(name: string, code?: string): Promise<void> {
    const { dialog } = this;
    if (code !== undefined) await dialog.getByRole('textbox', { name: this.words.code }).fill(code);
    await dialog.getByRole('textbox', { name: this.words.name }).fill(name);
    await this.button(this.words.enter).click();
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}
