import { expect } from '@playwright/test';
import { labPort, test } from './fixtures.ts';

test('connect, send, look and close without a mouse', async ({ page, play, playground }) => {
  await play.open({ host: '127.0.0.1', port: labPort(playground, 'Raw echo') });
  await play.port.focus();
  await page.keyboard.press('Enter');
  await expect(play.state).toContainText('ESTABLISHED');
  // Connecting leads to where one types.
  await expect(play.data).toBeFocused();
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await expect(play.data).toHaveValue('one\ntwo');
  await page.keyboard.press('Enter');
  await expect(play.sockets.getByRole('listitem')).toContainText('↑ 7 B ↓ 7 B');
  await expect(play.data).toHaveValue('');
  await page.keyboard.press('ArrowUp');
  await expect(play.data).toHaveValue('one\ntwo');

  await play.view('ladder').focus();
  await page.keyboard.press('ArrowRight');
  await expect(play.view('table')).toBeFocused();
  await expect(play.view('table')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(play.ladder).toBeVisible();

  await play.closeButton.focus();
  await page.keyboard.press('Enter');
  await expect(play.state).toContainText('CLOSED');
});

test('? lists the keys, Escape puts them away', async ({ page, play }) => {
  await play.open();
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('each grid is one tab stop, arrows walk the bytes', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.send('hi');
  await expect(play.sockets.getByRole('listitem')).toContainText('↓ 2 B');
  await play.ladder.getByRole('row').last().click();
  await expect(play.bytes.getByRole('gridcell', { name: '68' }).first()).toBeVisible();
  await play.bytes.focus();
  await page.keyboard.press('Home');
  await expect(play.bytes.getByRole('gridcell', { selected: true }).first()).toContainText('68');
  await page.keyboard.press('ArrowRight');
  await expect(play.bytes.getByRole('gridcell', { selected: true }).first()).toContainText('69');
});
