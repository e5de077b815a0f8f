import { type Browser, expect, type Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { PlayPage } from './pages/play-page.ts';
import { RoomSide, TeachPage } from './pages/teach-page.ts';

/** A browser of a person's own: nothing is shared with the others. */
async function person(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1_440, height: 900 } });
  return await context.newPage();
}

test('a class: room, code, seats, help, messages, pause, a page live, a page for all', async ({
  browser,
  page,
  playground,
}) => {
  const teacher = new TeachPage(page);
  await teacher.open(playground.url, playground.teachKey);
  await teacher.create('net-101');
  // The key has left the address bar, and the code is on the wall.
  expect(page.url()).not.toContain('key=');
  const link = await teacher.joinDialog.getByRole('link').getAttribute('href');
  await expect(teacher.joinDialog.getByRole('img', { name: link ?? '' })).toBeVisible();
  const code = /room=(\w{6})/.exec(link ?? '')?.[1] ?? '';
  await teacher.button(teacher.words.join.close).click();

  const ada = await person(browser);
  const adaRoom = new RoomSide(ada);
  await ada.goto(link ?? '');
  await adaRoom.join('Ada');
  await expect(adaRoom.room).toHaveText('Room net-101 · Ada (seat 01)');
  await expect(teacher.counts).toContainText('1 here of 1');

  const bo = await person(browser);
  const boRoom = new RoomSide(bo);
  await bo.goto(playground.url);
  await boRoom.button(boRoom.words.join).click();
  await boRoom.join('Bo', 'AAAAAA');
  await expect(bo.getByRole('alert')).toContainText('No room has this code.');
  await boRoom.join('Bo', code.toLowerCase());
  await expect(boRoom.room).toHaveText('Room net-101 · Bo (seat 02)');
  await expect(teacher.cell(/^seat 02, Bo/)).toBeVisible();

  // What the server sees of a seat's sockets stands in its tile.
  const play = new PlayPage(ada);
  await ada.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(play.state).toHaveText('ESTABLISHED');
  await expect(teacher.cell(/^seat 01, Ada/)).toContainText('connect');
  await expect(teacher.counts).toContainText('1 socket');

  // A raised hand.
  await boRoom.button(boRoom.words.raise).click();
  await bo.getByRole('textbox', { name: boRoom.words.question }).fill("why is my reply b'...'?");
  await boRoom.button(boRoom.words.ask).click();
  await expect(bo.getByText(boRoom.words.place(1))).toBeVisible();
  await expect(teacher.cell(/^seat 02, Bo, asks for help$/)).toBeVisible();
  await expect(teacher.help).toContainText("Bo, 0 min: why is my reply b'...'?");
  await teacher.help.getByRole('button', { name: teacher.words.help.done, exact: true }).click();
  await expect(boRoom.button(boRoom.words.raise)).toBeVisible();

  // A seat is looked at: its real ladder, and its learner sees that.
  await teacher.cell(/^seat 01, Ada/).click();
  await expect(teacher.seat.getByRole('grid', { name: 'Ladder' })).toContainText('connect');
  await expect(ada.getByText(adaRoom.words.watched)).toBeVisible();
  await ada.getByRole('textbox', { name: 'Data to send' }).fill('hello class');
  await ada.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(teacher.seat.getByRole('grid', { name: 'Ladder' })).toContainText('hello class');

  // A hint for one, not for the other.
  await teacher.seat.getByRole('textbox', { name: teacher.words.seat.hintText }).fill('Look at the bytes.');
  await teacher.seat.getByRole('button', { name: teacher.words.seat.hint, exact: true }).click();
  await expect(adaRoom.message).toContainText('Look at the bytes.');
  await expect(boRoom.message).toBeEmpty();

  // Her page for all: without her name.
  await teacher.button(teacher.words.seat.share).click();
  await boRoom.button(boRoom.words.spotlight.open).click();
  await expect(boRoom.spotlight).toContainText('hello class');
  await expect(boRoom.spotlight).not.toContainText('Ada');
  await teacher.button(teacher.words.seat.stopSharing).click();
  await expect(boRoom.spotlight).toBeHidden();

  // Eyes up: nothing below can be pressed, sockets stay.
  await teacher.button(teacher.words.bar.pause).click();
  await expect(bo.getByRole('alert')).toContainText(boRoom.words.eyesUp);
  await expect(bo.locator('main')).toHaveAttribute('inert', '');
  await teacher.button(teacher.words.bar.resume).click();
  await expect(bo.getByRole('alert')).toBeHidden();

  // The same seat after a reload.
  await bo.reload();
  await expect(boRoom.room).toHaveText('Room net-101 · Bo (seat 02)');

  // Her sockets are closed, and the page says by whom.
  await teacher.button(teacher.words.seat.close).click();
  await teacher.button(teacher.words.seat.closeSure).click();
  await expect(ada.getByText('The instructor has closed this socket.').first()).toBeVisible();

  // Names hidden for the projector; the instructor comes back after a reload.
  await teacher.button(teacher.words.bar.more).click();
  await teacher.button(teacher.words.bar.hideNames).click();
  await expect(teacher.cell('seat 02')).toBeVisible();
  await page.reload();
  await expect(teacher.cell('seat 02')).toBeVisible();

  // One leaves, one is removed.
  await boRoom.button(boRoom.words.leave).click();
  await expect(boRoom.room).toBeHidden();
  await teacher.cell(/^seat 01/).click();
  await teacher.button(teacher.words.seat.remove).click();
  await teacher.button(teacher.words.seat.removeSure).click();
  await expect(ada.getByRole('alert').first()).toContainText('The instructor has removed you from the room.');
  await ada.context().close();
  await bo.context().close();
});
