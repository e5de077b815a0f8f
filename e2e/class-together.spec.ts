import { readFileSync } from 'node:fs';
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { SMALL_PACK } from '../lesson/testing/small-pack.ts';
import { classWords as chinese } from '../web/i18n/zh-CN/teach.ts';
import { zhCN } from '../web/i18n/zh-CN.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';
import { BIDI, SCRIPTS, watchOver } from './hostile-texts.ts';
import { LearnPage } from './pages/learn-page.ts';
import { PlayPage } from './pages/play-page.ts';
import { RoomSide, TeachPage } from './pages/teach-page.ts';

/** A browser of a person's own: nothing is shared with the others. */
async function person(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1_440, height: 900 }, ...options });
  return await context.newPage();
}
const pages = (page: Page, name: string): Locator => page.getByRole('navigation').getByRole('link', { name });

test('a class kept together: entry, pace, own lessons, bytes, consent, snapshots, two seats made one, helpers, the end', async ({
  browser,
  page,
  playground,
}) => {
  const teacher = new TeachPage(page);
  const { words } = teacher;
  await teacher.open(playground.url, playground.teachKey);
  await page.getByRole('radio', { name: words.create.entryOptions.approve }).check();
  await page.getByRole('checkbox', { name: words.create.ask }).check();
  await teacher.create('net-102');
  const link = (await teacher.joinDialog.getByRole('link').getAttribute('href')) ?? '';
  await teacher.button(words.join.close).click();

  // Who comes in is let in (B15).
  const ada = await person(browser);
  const adaRoom = new RoomSide(ada);
  await ada.goto(link);
  await adaRoom.join('Ada');
  await expect(adaRoom.room).toHaveText(adaRoom.words.waiting('net-102'));
  await teacher.cell(`seat 01, Ada, ${words.seat.asksEntry}`).click();
  await teacher.button(words.seat.letIn).click();
  await expect(adaRoom.room).toHaveText('Room net-102 · Ada (seat 01)');
  await expect(adaRoom.button(adaRoom.words.join)).toBeHidden();

  // One lesson is open, the others wait (B14).
  const learn = new LearnPage(ada);
  await page.getByRole('combobox', { name: words.bar.lesson, exact: true }).selectOption('endpoint');
  await teacher.button(words.bar.more).click();
  const pace = page.getByRole('checkbox', { name: words.bar.pace });
  await pace.check(); // seen at once, before the server has answered
  await pages(ada, 'Learn').click();
  await expect(learn.list.getByRole('link')).toHaveCount(1);
  await expect(learn.list).toContainText(learn.words.learn.closed);
  await page.getByRole('combobox', { name: words.bar.upTo }).selectOption({ index: 2 });
  await page.getByRole('combobox', { name: words.bar.from }).selectOption('');
  await expect(learn.list.getByText(learn.words.learn.closed)).toHaveCount(0);

  // Lessons of the instructor's own, and those of the page again.
  const pack = JSON.stringify({ format: 1, files: SMALL_PACK });
  const file = { name: 'mine.lessons.json', mimeType: 'application/json', buffer: Buffer.from(pack) };
  await page.locator('input[type=file]').first().setInputFiles(file);
  await expect(page.getByText(words.bar.lessonsTaken('Small'))).toBeVisible();
  await expect(learn.list.getByRole('link')).toHaveText(['1. Say hello']);
  await teacher.button(words.bar.leaveLessons).click();
  await expect(learn.list.getByRole('link')).not.toHaveText(['1. Say hello']);

  // Bytes are put in, and not sent (B12).
  const play = new PlayPage(ada);
  await pages(ada, 'Play').click();
  await play.data.fill('my own');
  await teacher.button(words.bar.message).click();
  const message = page.getByRole('dialog', { name: words.message.toAll });
  await message.getByRole('textbox', { name: words.message.text }).fill('Send this twice.');
  await message.getByRole('textbox', { name: words.message.bytes }).fill('hi\\n');
  await message.getByRole('button', { name: words.message.send }).click();
  await adaRoom.button(adaRoom.words.putIn).click();
  await expect(play.data).toHaveValue('hi\\n');
  await expect(play.sendAs('escapes')).toBeChecked();
  await expect(play.sockets.getByRole('listitem')).toHaveCount(0);

  // Her page for all, with her name since she agrees; hers says so (B10).
  const bo = await person(browser);
  const boRoom = new RoomSide(bo);
  await bo.goto(link);
  await boRoom.join('Ada');
  await teacher.cell(/^seat 02/).click();
  await teacher.button(words.seat.letIn).click();
  await expect(boRoom.room).toHaveText('Room net-102 · Ada 2 (seat 02)');
  await adaRoom.button(adaRoom.words.seen.open).click();
  const agrees = ada.getByRole('checkbox', { name: adaRoom.words.seen.agree });
  await agrees.check();
  await ada
    .getByRole('region', { name: 'Room' })
    .getByRole('button', { name: adaRoom.words.seen.close, exact: true })
    .click();
  await play.connectTo(/Raw echo/);
  await teacher.cell(/^seat 01/).click();
  await teacher.button(words.seat.share).click();
  await expect(boRoom.spotlight).toContainText(boRoom.words.spotlight.of('Ada'));
  await expect(ada.getByText(adaRoom.words.spotlight.own)).toBeVisible();
  await teacher.button(words.seat.stopSharing).click();
  await expect(ada.getByText(adaRoom.words.spotlight.own)).toBeHidden();

  // A moment of it is kept, and shown without a name; its ends are nobody's own (B11).
  const ladder = teacher.seat.getByRole('grid', { name: 'Ladder' });
  await expect(ladder).toContainText('connect');
  await expect(teacher.seat).not.toContainText('your client');
  await teacher.button(words.seat.snapshot).click();
  await play.send('hi after');
  await expect(ladder).toContainText('hi after');
  await teacher.button(words.seat.back).click();
  await page.getByRole('tab', { name: words.side.tabs.tray }).click();
  await expect(page.getByRole('list', { name: words.tray.label })).toContainText('Ada');
  await teacher.button(words.tray.show).click();
  const shown = page.getByRole('dialog', { name: words.tray.title(1, 1) });
  await expect(shown.getByRole('grid', { name: 'Ladder' })).toContainText('connect');
  await expect(shown).not.toContainText('hi after');
  await expect(shown).not.toContainText('Ada');
  await expectAccessible(page, 'dialog');
  await shown.getByRole('button', { name: words.tray.close }).click();

  // Her programs, as they stand in her page.
  await pages(ada, 'Program').click();
  await expect(ada.getByRole('region', { name: 'client.py', exact: true })).toBeVisible();
  await teacher.cell(/^seat 01/).click();
  await page.getByRole('tab', { name: words.seat.tabs.code }).click();
  await expect(teacher.seat.getByRole('region', { name: 'client.py' })).toContainText('import socket');

  // Two seats of one person become one (B4): who was at the second is at the first.
  await teacher.cell(/^seat 02/).click();
  await page.getByText(words.seat.merge, { exact: true }).click();
  await page.getByRole('combobox', { name: words.seat.mergeInto }).selectOption('1');
  await teacher.button(words.seat.merge).click();
  await teacher.button(words.seat.mergeSure).click();
  await expect(boRoom.room).toHaveText('Room net-102 · Ada (seat 01)');
  await expect(adaRoom.room).toBeHidden();
  await expect(teacher.cell(/^seat/)).toHaveCount(1);

  // The list of the class in, progress out (B16, B17).
  await page.getByRole('tab', { name: words.side.tabs.list }).click();
  const csv = { name: 'class.csv', mimeType: 'text/csv', buffer: Buffer.from('name;pin\nAda;1\nCem;2\n') };
  await page.getByLabel(words.roster.label).setInputFiles(csv);
  await teacher.button(words.roster.take).click();
  await expect(page.getByText(words.roster.missing(2))).toBeVisible();
  const saving = page.waitForEvent('download');
  await teacher.button(words.progress.export).click();
  const saved = readFileSync(await (await saving).path(), 'utf8');
  expect(saved.split('\r\n')[0]).toMatch(/^\ufeffseat,name,endpoint /);
  expect(saved).toContain('\r\n1,Ada,');

  // A helper comes by a link of their own, and can take away nothing (B20).
  await teacher.button(words.bar.helperKey).click();
  const keys = page.getByRole('dialog', { name: words.keys.title });
  const helperLink = (await keys.getByRole('link').getAttribute('href')) ?? '';
  await keys.getByRole('button', { name: words.keys.done }).click();
  const helping = new TeachPage(await person(browser));
  await helping.page.goto(helperLink);
  await expect(helping.page.getByText(words.bar.helper)).toBeVisible();
  await expect(helping.cell(/^seat 01, Ada/)).toBeVisible();
  await helping.button(words.bar.more).click();
  await expect(helping.button(words.bar.hideNames)).toBeVisible();
  await expect(helping.button(words.delete.open)).toBeHidden();
  await expect(helping.button(words.progress.export)).toBeHidden();

  // Locked: the code opens nothing. Deleted: it is over for all, at once (B15, B23).
  await teacher.button(words.join.open).click();
  await teacher.button(words.join.lock).click();
  await teacher.button(words.join.close).click();
  await ada.goto(link);
  await adaRoom.join('Cem');
  await expect(ada.getByRole('dialog').getByRole('alert')).toContainText('No room has this code.');
  await teacher.button(words.delete.open).click();
  await teacher.button(words.delete.sure).click();
  await expect(bo.getByRole('alert').first()).toBeVisible();
  await expect(boRoom.room).toBeHidden();
  await expect(page.getByText(words.rooms.none)).toBeVisible();
  for (const one of [ada, bo, helping.page]) await one.context().close();
});

test('in Chinese, on a telephone, in the dark: what others type is text and nothing else, and axe finds nothing', async ({
  browser,
  playground,
}) => {
  const telephone = { locale: 'zh-CN', viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;
  const page = await person(browser, telephone);
  const checks = [await watchOver(page)];
  const teacher = new TeachPage(page, chinese);
  const { words } = teacher;
  await teacher.open(playground.url, playground.teachKey);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
  await teacher.create(SCRIPTS.slice(0, 64));
  await expectAccessible(page, 'dialog');
  const link = (await teacher.joinDialog.getByRole('link').getAttribute('href')) ?? '';
  await teacher.button(words.join.close).click();

  const ada = await person(browser, telephone);
  checks.push(await watchOver(ada));
  const adaRoom = new RoomSide(ada, chinese);
  await ada.goto(link);
  await expect(ada.getByRole('dialog')).toBeVisible();
  await expectAccessible(ada, 'dialog');
  await adaRoom.join(`<b id=planted>${BIDI}`);
  await expect(ada.getByRole('dialog').getByRole('alert')).toContainText(zhCN.errors.NAME_INVALID.what);
  await adaRoom.join('<b id=planted>A');
  await expect(adaRoom.room).toContainText('<b id=planted>A');
  await adaRoom.button(adaRoom.words.raise).click();
  await ada.getByRole('textbox', { name: adaRoom.words.question }).fill(SCRIPTS + BIDI);
  await adaRoom.button(adaRoom.words.ask).click();
  await expect(teacher.help).toContainText(SCRIPTS);
  const play = new PlayPage(ada, zhCN);
  await play.connectTo(new RegExp(zhCN.labs.servers['Raw echo']?.name ?? ''));
  await play.send(SCRIPTS);
  await expectAccessible(ada);

  await expectAccessible(page);
  await teacher.cell(/^座位 01/).click();
  await expect(teacher.seat.getByRole('grid', { name: zhCN.ladder.label })).toContainText('<script>');
  await expectAccessible(page);
  await teacher.seat.getByRole('textbox', { name: words.seat.hintText }).fill(SCRIPTS);
  await teacher.seat.getByRole('button', { name: words.seat.hint, exact: true }).click();
  await expect(adaRoom.message).toContainText(SCRIPTS);
  await teacher.button(words.seat.rename).click();
  await teacher.seat.getByRole('textbox', { name: words.seat.name }).fill('<i id=planted>B');
  await teacher.button(words.seat.rename).click();
  await expect(adaRoom.room).toContainText('<i id=planted>B');
  await teacher.button(words.seat.back).click();
  await page.getByRole('tab', { name: words.side.tabs.list }).click();
  const csv = {
    name: 'class.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('姓名,"<svg onload=x>"\n<img src=x>,"<script>"\n'),
  };
  await page.getByLabel(words.roster.label).setInputFiles(csv);
  await teacher.button(words.roster.take).click();
  await expect(page.getByText('<img src=x>')).toBeVisible();
  await teacher.button(words.bar.more).click();
  await expectAccessible(page);
  for (const check of checks) await check();
  for (const one of [ada, page]) await one.context().close();
});
