import { writeFileSync } from 'node:fs';
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { SMALL_PACK } from '../lesson/testing/small-pack.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { test } from './fixtures.ts';
import { LearnPage } from './pages/learn-page.ts';
import { PlayPage } from './pages/play-page.ts';
import { RoomSide, TeachPage } from './pages/teach-page.ts';

const VIEWPORT = { width: 1_440, height: 900 };

/** A browser of a person's own: nothing is shared with the others. */
async function person(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: VIEWPORT });
  return await context.newPage();
}
async function closeAll(contexts: readonly BrowserContext[]): Promise<void> {
  for (const context of contexts) await context.close();
}

test.use({ viewport: VIEWPORT });

test('a seat outlives tabs and devices, a list has its names once, a room outlives its instructor’s page', async ({
  browser,
  page,
  playground,
}) => {
  const teacher = new TeachPage(page);
  const { words } = teacher;
  await teacher.open(playground.url, playground.teachKey);
  await teacher.create('net-200');
  await teacher.button(words.join.close).click();
  await teacher.button(words.bar.more).click();
  await teacher.button(words.bar.leave).click();
  await page.getByRole('radio', { name: words.create.namesOptions.roster }).check();
  await page.getByRole('textbox', { name: words.create.name }).fill('net-201');
  await teacher.button(words.create.create).click();
  const keys = page.getByRole('dialog', { name: words.keys.title });
  const ownLink = (await keys.getByRole('link').first().getAttribute('href')) ?? '';
  await teacher.button(words.keys.done).click();

  // Seen from the last row: a QR code of 40 % of the height, or more (B1). Nobody else reaches this machine here, which is said.
  const qr = await teacher.joinDialog.getByRole('img').boundingBox();
  expect(qr?.height).toBeGreaterThanOrEqual(0.4 * VIEWPORT.height);
  await expect(teacher.joinDialog).toContainText(words.join.onlyHere);
  const link = (await teacher.joinDialog.getByRole('link').getAttribute('href')) ?? '';
  await teacher.button(words.join.close).click();

  // Names of a list, one with a PIN (B4).
  await page.getByRole('tab', { name: words.side.tabs.list }).click();
  const csv = { name: 'class.csv', mimeType: 'text/csv', buffer: Buffer.from('name,pin\nAda,1234\nBo,\n') };
  await page.getByLabel(words.roster.label).setInputFiles(csv);
  await teacher.button(words.roster.take).click();
  await expect(page.getByText(words.roster.missing(2))).toBeVisible();
  const ada = await person(browser);
  const adaRoom = new RoomSide(ada);
  await ada.goto(link);
  await adaRoom.join('Eve');
  await expect(adaRoom.dialog.getByRole('alert')).toContainText('You cannot use this name here.');
  await adaRoom.join('Ada');
  await expect(adaRoom.dialog.getByRole('alert')).toContainText('does not accept this key or PIN');
  await expect(page.getByRole('alert')).toContainText(words.alarm.pin('Ada'));
  await adaRoom.dialog.getByRole('textbox', { name: adaRoom.words.pin }).fill('1234');
  await adaRoom.button(adaRoom.words.enter).click();
  await expect(adaRoom.room).toHaveText('Room net-201 · Ada (seat 01)');

  // On a projector there is no name at all, until P is pressed again (B18).
  await teacher.cell(/^seat 01/).click();
  await page.keyboard.press('P');
  await expect(teacher.cell('seat 01')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText(words.alarm.hidden.pin);
  await expect(page.locator('main')).not.toContainText('Ada');
  await page.keyboard.press('P');
  await expect(teacher.cell('seat 01, Ada')).toBeVisible();
  await teacher.button(words.alarm.ok).click();

  // Another tab of her browser has the seat then; a link that was followed asks once, and not again (B3).
  const second = await ada.context().newPage();
  const secondRoom = new RoomSide(second);
  await second.goto(playground.url);
  await expect(secondRoom.room).toHaveText('Room net-201 · Ada (seat 01)');
  await expect(adaRoom.room).toBeHidden();
  await expect(ada.getByRole('alert').first()).toContainText('Another page has taken over this session.');
  // Her telephone, by a code that is good once.
  await teacher.button(words.seat.handover).click();
  const code = /Type (\S+) there/.exec((await teacher.seat.getByText(/^Type /).textContent()) ?? '')?.[1] ?? '';
  const phone = await person(browser);
  const phoneRoom = new RoomSide(phone);
  await phone.goto(playground.url);
  await phoneRoom.button(phoneRoom.words.join).click();
  await phoneRoom.join('', code);
  await expect(phoneRoom.room).toHaveText('Room net-201 · Ada (seat 01)');
  await expect(secondRoom.room).toBeHidden();
  // Somebody else takes the telephone: the seat is free, and its name with it.
  await phoneRoom.button(phoneRoom.words.somebodyElse).click();
  await expect(phoneRoom.room).toBeHidden();
  await phone.goto(link);
  await phoneRoom.join('Bo');
  await expect(phoneRoom.room).toHaveText('Room net-201 · Bo (seat 02)');

  // Another computer of the instructor's, by the room's own link: the same class, at the same time (B20).
  const other = new TeachPage(await person(browser));
  await other.page.goto(ownLink);
  await expect(other.cell('seat 02, Bo')).toBeVisible();
  expect(other.page.url()).not.toContain('key=');
  await teacher.button(words.bar.pause).click();
  await expect(other.button(words.bar.resume)).toHaveAttribute('aria-pressed', 'true');
  // All rooms of the server: each has its own seats (B19).
  await teacher.button(words.bar.more).click();
  await teacher.button(words.bar.leave).click();
  const rooms = page.getByRole('listitem');
  await expect(rooms.filter({ hasText: 'net-200' })).toContainText(words.rooms.here(0, 0));
  await expect(rooms.filter({ hasText: 'net-201' })).toContainText(words.rooms.here(1, 2));
  await teacher.button(words.rooms.open('net-201')).click();
  await expect(teacher.cell('seat 02, Bo')).toBeVisible();
  // The page that paused the class is gone; another one ends the pause with one press (B13).
  await page.goto('about:blank');
  await expect(phone.getByRole('alert')).toContainText(phoneRoom.words.eyesUp);
  await other.button(words.bar.resume).click();
  await expect(phone.getByRole('alert')).toBeHidden();
  await other.button(words.bar.more).click();
  await other.button(words.bar.leave).click();
  await other.button(words.rooms.again).click();

  // What the instructor sees stands there as it is now; who has left is seen no more (B22).
  await phoneRoom.button(phoneRoom.words.seen.open).click();
  await expect(phone.getByRole('dialog')).toContainText(phoneRoom.words.seen.sockets(0));
  await phone.getByRole('dialog').getByRole('button', { name: phoneRoom.words.seen.close }).click();
  await phoneRoom.button(phoneRoom.words.leave).click();
  await expect(phoneRoom.room).toBeHidden();
  await expect(phoneRoom.dialog).toBeHidden();
  await expect(other.cell(`seat 02, Bo, ${words.seat.away}`)).toBeVisible();
  await other.cell(/^seat 02/).click();
  await other.page.getByRole('tab', { name: words.seat.tabs.now }).click();
  await expect(other.seat).toContainText(words.seat.connected(false));
  await new PlayPage(phone).connectTo(/Raw echo/);
  await expect(other.counts).toContainText(words.counts.sockets(0));
  await closeAll([ada.context(), phone.context(), other.page.context()]);
});

test('who is stuck, and with what: one is silenced, some get a message, all are shown the way; bots go at once', async ({
  browser,
  page,
  playground,
}) => {
  const teacher = new TeachPage(page);
  const { words } = teacher;
  await teacher.open(playground.url, playground.teachKey);
  await teacher.create('net-202');
  const link = (await teacher.joinDialog.getByRole('link').getAttribute('href')) ?? '';
  await teacher.button(words.join.close).click();
  const [ada, bo] = [await person(browser), await person(browser)];
  const [adaRoom, boRoom] = [new RoomSide(ada), new RoomSide(bo)];
  await ada.goto(link);
  await adaRoom.join('Ada');
  await expect(adaRoom.room).toContainText('seat 01');
  await bo.goto(link);
  await boRoom.join('Bo');
  await expect(boRoom.room).toContainText('seat 02');

  // The same error three times in one step (B6).
  const learn = new LearnPage(ada, undefined, playground.url);
  await learn.open('endpoint');
  await expect(teacher.cell('seat 01, Ada, step 1 of 3')).toBeVisible();
  await learn.play.port.fill('1');
  for (let times = 1; times <= 3; times += 1) {
    await learn.play.connectButton.click();
    await expect(learn.play.sockets.getByRole('listitem')).toHaveCount(times);
  }
  const stuck = words.seat.stuck.sameError('ECONNREFUSED');
  await expect(teacher.cell(`seat 01, Ada, step 1 of 3, ${stuck}`)).toBeVisible();
  await teacher.button(words.counts.stuck(1)).click();
  await expect(teacher.cell(/^seat/)).toHaveCount(1);
  // With which outcome, in the words that the learner reads; and to all the same (B7).
  await page.getByRole('tab', { name: words.side.tabs.wrong }).click();
  const outcomes = page.getByRole('list', { name: words.wrong.label });
  await expect(outcomes).toContainText('No program listens on that port.');
  await expect(outcomes).toContainText('Connect to a server): 1 seat now');
  await outcomes.getByRole('button', { name: words.wrong.explain }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.message.send }).click();
  await expect(boRoom.message).toContainText('No program listens on that port.');
  await expect(boRoom.message.getByRole('link')).toHaveAttribute('href', /#lesson=endpoint&step=connect$/);
  await boRoom.button(boRoom.words.ok).click();
  // To those who are shown alone (B12).
  await teacher.button(words.several.message(1)).click();
  const message = page.getByRole('dialog', { name: words.message.toSome(1) });
  await message.getByRole('textbox', { name: words.message.text }).fill('Look at the port.');
  await message.getByRole('button', { name: words.message.send }).click();
  await expect(adaRoom.message).toContainText('Look at the port.');
  await expect(boRoom.message).toBeEmpty();
  // Not stuck: she wanted to see the error.
  await page.locator('main').click({ position: { x: 4, y: 4 } });
  await page.keyboard.press(',');
  await teacher.button(words.seat.notStuck).click();
  await expect(teacher.cell(/stuck/)).toHaveCount(0);
  await page.getByRole('radio', { name: words.show.options.all }).check();
  await expect(teacher.cell('seat 01, Ada, step 1 of 3')).toBeVisible();

  // A page that is looked at has nothing that could be pressed of it (B9).
  await expect(teacher.seat.getByRole('grid', { name: 'Ladder' })).toBeVisible();
  await expect(teacher.seat.getByRole('button', { name: /^(Send|Connect|Close|Reset)$/ })).toHaveCount(0);
  await page.keyboard.press('Escape');

  // A hand that is lowered by its learner; one that is answered by keys alone (B8).
  for (const again of [false, true]) {
    await boRoom.button(boRoom.words.raise).click();
    await boRoom.button(boRoom.words.ask).click();
    await expect(bo.getByText(boRoom.words.place(1))).toBeVisible();
    if (!again) await boRoom.button(boRoom.words.lower).click();
  }
  await expect(teacher.cell(`seat 02, Bo, ${words.seat.asksHelp}`)).toBeVisible();
  await page.keyboard.press('.');
  await expect(teacher.seat.getByRole('heading')).toHaveText('Bo');
  await page.keyboard.press('d');
  await expect(boRoom.button(boRoom.words.raise)).toBeVisible();
  await page.keyboard.press('Escape');

  // Where the class is kept together the instructor's own screen opens by itself (B10).
  await page.getByRole('combobox', { name: words.bar.lesson, exact: true }).selectOption('endpoint');
  await teacher.button(words.bar.more).click();
  await page.getByRole('checkbox', { name: words.bar.pace }).check();
  await teacher.button(words.bar.screen).click();
  await expect(boRoom.spotlight).toContainText(boRoom.words.spotlight.instructor);
  await expect(boRoom.button(boRoom.words.spotlight.close)).toBeVisible();
  await teacher.button(words.bar.screenOff).click();
  await expect(boRoom.spotlight).toBeHidden();

  // The old code opens nothing; who has come in lately goes with three presses (B15).
  await teacher.button(words.join.open).click();
  await teacher.button(words.join.newCode).click();
  await expect(teacher.joinDialog.getByRole('link')).not.toHaveAttribute('href', link);
  await teacher.button(words.join.close).click();
  await page.getByRole('radio', { name: words.show.options.new }).check();
  await teacher.button(words.several.remove(2)).click();
  await teacher.button(words.several.removeSure(2)).click();
  for (const one of [ada, bo]) {
    await expect(one.getByRole('alert').first()).toContainText('The instructor has removed you from the room.');
  }
  await bo.goto('about:blank');
  await bo.goto(link);
  await boRoom.join('Bo');
  await expect(boRoom.dialog.getByRole('alert')).toContainText('No room has this code.');
  // A link asks once: its dialog is closed for good.
  await boRoom.dialog.getByRole('button', { name: boRoom.words.cancel }).click();
  await expect(boRoom.dialog).toBeHidden();
  await closeAll([ada.context(), bo.context()]);
});

test('where the server has lessons of its own, Teach lists those; where rooms are off, it says so', async ({
  browser,
}) => {
  const page = await person(browser); // of other servers than the fixture's
  const file = test.info().outputPath('mine.lessons.json');
  writeFileSync(file, JSON.stringify({ format: 1, files: SMALL_PACK }));
  const server = await startTestPlayground({ lessons: file });
  const off = await startTestPlayground({ rooms: undefined });
  try {
    const teacher = new TeachPage(page);
    await teacher.open(server.url, server.classroom?.key.text ?? '');
    await teacher.create('own');
    await teacher.button(teacher.words.join.close).click();
    const lessons = page.getByRole('combobox', { name: teacher.words.bar.lesson, exact: true }).getByRole('option');
    await expect(lessons).toHaveText([teacher.words.bar.noLesson, 'Say hello']);
    await page.goto(`${off.url}teach`);
    await expect(page.getByText(teacher.words.off)).toBeVisible();
  } finally {
    await page.context().close();
    await server.close();
    await off.close();
  }
});
