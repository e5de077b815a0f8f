import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { tools as words } from '../web/i18n/en/tools.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

const VIEW = '[id^="view-panel"]';

test('a name, all sockets on one line of time, and their logs after a reload', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.send('from the first');
  await play.connectTo(/Raw echo/);
  await page.getByRole('button', { name: words.rename('client 2') }).click();
  await page.getByRole('textbox', { name: words.name }).fill('mirror');
  await page.getByRole('textbox', { name: words.name }).press('Enter');
  await expect(play.socket('mirror')).toBeVisible();
  await play.send('a line');
  await play.view('table').click();
  await page.getByRole('combobox', { name: words.timeline.scope }).selectOption('all');
  await play.filter.fill('dir:sent end:local');
  const rows = play.events.getByRole('row').filter({ has: page.getByRole('gridcell') });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('client 1');
  await expect(rows.last()).toContainText('mirror');
  await play.filter.fill('first -end:peer');
  await expect(play.events.locator('mark').first()).toHaveText('first');
  await rows.first().getByRole('gridcell').last().click();
  await expectAccessible(page, VIEW);
  await page.getByRole('button', { name: words.timeline.go('client 1') }).click();
  await expect(page.locator('header strong').filter({ hasText: 'client 1' })).toBeVisible();

  await page.reload();
  await expect(page.getByText(/The page was reloaded: 2 open sockets ended with it/)).toBeVisible();
  await play.filter.fill('');
  await expect(rows.filter({ hasText: 'mirror' }).filter({ hasText: 'a line' }).first()).toBeVisible();
  await expect(play.sockets.getByRole('listitem').filter({ hasText: 'mirror' })).toContainText('recording');
});

test('what is looked for in a stream, and its messages', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.sendAs('escapes').check();
  await play.send('one line\\nand ano');
  await play.send('ther line\\n');
  await play.view('stream').click();
  const find = play.stream.getByRole('textbox', { name: words.find.label });
  await find.fill('LINE');
  await expect(play.stream.locator('mark')).toHaveCount(4);
  await find.press('Enter');
  await expect(play.stream).toContainText(words.find.place(2, 4));
  await play.stream.getByRole('radio', { name: 'Hex' }).check();
  await find.fill('0a');
  await expect(play.stream).toContainText(words.find.place(1, 4));
  await play.stream.getByRole('radio', { name: words.decode.messages }).check();
  const messages = play.stream.getByRole('grid', { name: words.decode.messages });
  const sent = messages.getByRole('row').filter({ hasText: 'and another line' }).filter({ hasText: 'send()' });
  await expect(sent).toContainText('2 × send()');
  await sent.getByRole('gridcell').last().click();
  await expectAccessible(page, VIEW);
});

test('raw files in and out, and a call’s bytes once more', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.send('one line');
  await play.view('stream').click();
  await play.stream.getByRole('combobox', { name: 'Bytes to copy' }).selectOption('Sent');
  const download = page.waitForEvent('download');
  await play.stream.getByRole('button', { name: words.file.save }).click();
  expect(readFileSync(await (await download).path(), 'latin1')).toBe('one line');
  const chooser = page.waitForEvent('filechooser');
  await play.stream.getByRole('button', { name: words.file.send }).click();
  await (await chooser).setFiles({ name: 'a.bin', mimeType: '', buffer: Buffer.from([0, 0xff, 0x0a]) });
  await expect(play.stream).toContainText(words.file.sent('a.bin', 3));
  await play.view('ladder').click();
  const call = play.ladder.getByText("send(b'\\x00\\xff\\n') → 3");
  await call.click();
  await play.inspector.getByRole('button', { name: words.resend.again }).click();
  // The server's own send() is one, too.
  await expect(call.nth(1)).toBeVisible();
  await play.inspector.getByRole('button', { name: words.resend.edit }).click();
  await expect(play.data).toHaveValue(/\\xff\\n$/);
  await play.inspector.getByRole('tab', { name: 'Kernel' }).click();
  await expect(play.inspector.getByRole('region', { name: words.charts.label })).toBeVisible();
});
