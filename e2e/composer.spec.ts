import { expect } from '@playwright/test';
import { labPort, test } from './fixtures.ts';

test('what is typed outlives a reload, and what was sent can be recalled after one', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.send('sent before');
  await play.sendAs('Escapes').check();
  await play.lineEnding('CRLF').check();
  await play.data.fill('half a thou\\x');
  await page.reload();
  await expect(play.data).toHaveValue('half a thou\\x');
  await expect(play.sendAs('Escapes')).toBeChecked();
  await expect(play.lineEnding('CRLF')).toBeChecked();
  await play.data.fill('');
  await play.data.press('ArrowUp');
  await expect(play.data).toHaveValue('sent before');
  await expect(play.sendAs('Text')).toBeChecked();
});

test('without a connection Enter explains, and one press goes there with the text', async ({
  page,
  play,
  playground,
}) => {
  await play.open({ host: '127.0.0.1', port: labPort(playground, 'Raw echo') });
  await play.data.fill('on my way');
  await play.data.press('Enter');
  await expect(play.alert).toContainText('There is no connection yet');
  await expect(play.data).toHaveValue('on my way');
  await page.getByRole('button', { name: /^Dial 127\.0\.0\.1:/ }).click();
  await expect(play.sockets.getByRole('listitem')).toContainText('↑ 9 B ↓ 9 B');
  await expect(play.data).toHaveValue('');
  await expect(play.data).toBeFocused();
});

test('the bytes that will leave are counted as one types', async ({ page, play }) => {
  await play.open();
  const count = page.getByText(/^\d+ bytes?$/);
  await play.data.fill('你好');
  await expect(count).toHaveText('6 bytes');
  await play.lineEnding('CRLF').check();
  await expect(count).toHaveText('8 bytes');
  await play.lineEnding('None').check();
  await play.sendAs('Hex').check();
  await play.data.fill('ff');
  await expect(count).toHaveText('1 byte');
  await play.data.fill('ff 0');
  await expect(page.getByText('not bytes yet')).toBeVisible();
});

test('bytes go out as they were written: escapes, hex, line endings', async ({ play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.sendAs('Escapes').check();
  await play.send('\\x00\\xff');
  await play.sendAs('Hex').check();
  await play.lineEnding('LF').check();
  await play.send('68 69');
  await expect(play.sockets.getByRole('listitem')).toContainText('↑ 5 B ↓ 5 B');
  await expect(play.ladder).toContainText("send(b'\\x00\\xff') → 2");
  await expect(play.ladder).toContainText("send(b'hi\\n') → 3");
});
