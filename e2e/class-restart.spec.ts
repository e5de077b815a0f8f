import { type Browser, expect, type Page } from '@playwright/test';
import type { RoomChange } from '../server/classroom/store/room-store.ts';
import { ThreadedStore } from '../server/classroom/store/threaded-store.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { test } from './fixtures.ts';
import { LearnPage } from './pages/learn-page.ts';
import { RoomSide, TeachPage } from './pages/teach-page.ts';

const ROOM = '0123456789abcdef';
const CODE = 'K7M4TQ';
const SEATS = 500;
const VIEWPORT = { width: 1_440, height: 900 };

/** A browser of a person's own: nothing is shared with the others. */
async function person(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: VIEWPORT });
  return await context.newPage();
}

/** A class of last week: all but one seat are taken. */
async function storeClass(folder: string): Promise<void> {
  const at = Date.now();
  const changes: RoomChange[] = [
    {
      put: 'room',
      room: ROOM,
      value: {
        ...{ room: ROOM, name: 'net-500', code: CODE, keyHash: '', helperHash: '', createdAt: at, usedAt: at },
        policy: { names: 'generated', entry: 'open', seats: SEATS, watch: true, spotlight: 'anonymous' },
        setting: { paused: false, lesson: 'endpoint' },
      },
    },
  ];
  for (let seat = 1; seat < SEATS; seat += 1) {
    const name = `seat ${String(seat).padStart(2, '0')}`;
    const value = { seat, name, secretHash: '', state: 'in', joinedAt: at, agrees: false } as const;
    changes.push({ put: 'seat', room: ROOM, value });
  }
  const store = new ThreadedStore(folder);
  await store.write(changes);
  await store.close();
}

test('five hundred seats on one screen; a server that is started again has the class as it was, with no hand on anything', async ({
  browser,
}) => {
  const state = test.info().outputPath('state');
  await storeClass(state);
  const first = await startTestPlayground({ state });
  const page = await person(browser);
  const ada = await person(browser);
  let second: typeof first | undefined;
  try {
    const teacher = new TeachPage(page);
    const { words } = teacher;
    await teacher.open(first.url, first.classroom?.key.text ?? '');
    await teacher.button(words.rooms.open('net-500')).click();
    // Seats have numbers for names here (B4).
    const adaRoom = new RoomSide(ada);
    const learn = new LearnPage(ada, undefined, first.url);
    await learn.open('endpoint');
    await adaRoom.button(adaRoom.words.join).click();
    await adaRoom.join('', CODE);
    await expect(adaRoom.room).toHaveText('Room net-500 · seat 500 (seat 500)');

    // As chips all of them are in view, 44 × 28 px or more each (B5).
    await page.getByRole('radio', { name: words.density.options.chips }).check();
    await expect(teacher.cell(/^seat/)).toHaveCount(SEATS);
    await expect(teacher.counts).toContainText(words.counts.here(1, SEATS));
    const frame = (await teacher.seats.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    for (const name of [/^seat 01,/, /^seat 500,/]) {
      const chip = (await teacher.cell(name).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      expect(chip.width).toBeGreaterThanOrEqual(44);
      expect(chip.height).toBeGreaterThanOrEqual(28);
      expect(chip.y).toBeGreaterThanOrEqual(frame.y);
      expect(chip.y + chip.height).toBeLessThanOrEqual(frame.y + frame.height + 1);
    }

    // What a seat does is drawn in its tile: as a chip, and as a card with its last call.
    await expect(teacher.cell('seat 500, step 1 of 3')).toBeVisible();
    await learn.play.connectTo(/Timestamp echo/);
    await learn.step(1).toBeMet();
    await expect(teacher.cell('seat 500, step 2 of 3')).toBeVisible();
    await page.getByRole('radio', { name: words.density.options.cards }).check();
    await page.getByRole('combobox', { name: words.sort.label }).selectOption('attention');
    await expect(teacher.cell('seat 500, step 2 of 3')).toContainText('connect');
    // Two ask; one is taken, and her page says so (B8).
    await adaRoom.button(adaRoom.words.raise).click();
    await ada.getByRole('textbox', { name: adaRoom.words.question }).fill('which port is mine?');
    await adaRoom.button(adaRoom.words.ask).click();
    await teacher.help.getByRole('button', { name: words.help.take, exact: true }).click();
    await expect(ada.getByText(adaRoom.words.taken)).toBeVisible();
    // The next lesson, for all (B14).
    const lesson = page.getByRole('combobox', { name: words.bar.lesson, exact: true });
    await expect(lesson).toHaveValue('endpoint');
    await teacher.button(words.bar.next).click();
    await expect(lesson).not.toHaveValue('endpoint');
    const next = await lesson.inputValue();

    await first.close();
    await expect(teacher.counts).toBeVisible();
    second = await startTestPlayground({ state, port: first.port });
    // Fifteen seconds, and nobody presses anything (B21).
    const back = { timeout: 15_000 };
    await expect(teacher.cell('seat 500, step 2 of 3, asks for help')).toBeVisible(back);
    await expect(teacher.help).toContainText('which port is mine?');
    await expect(teacher.counts).toContainText(words.counts.here(1, SEATS));
    await expect(lesson).toHaveValue(next);
    await expect(adaRoom.room).toHaveText('Room net-500 · seat 500 (seat 500)');
    await expect(ada.getByText(adaRoom.words.place(1))).toBeVisible();
    // What was confirmed is there, and what is sent goes through again.
    await teacher.cell(/^seat 500/).click();
    await page.getByRole('tab', { name: words.seat.tabs.progress }).click();
    await expect(teacher.seat).toContainText(words.seat.doneSteps(1));
  } finally {
    for (const one of [page, ada]) await one.context().close();
    await (second ?? first).close();
  }
});
