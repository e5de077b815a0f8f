import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

test('what is not read by itself stays in the kernel, and the picture says where the bytes are', async ({
  play,
  page,
}) => {
  test.skip(process.platform !== 'linux', 'the queues are Linux’s');
  await play.open();
  await play.connectTo(/Raw echo/);
  await page.getByRole('checkbox', { name: 'Read by itself' }).uncheck();
  const picture = page.getByRole('region', { name: 'Four stations' });
  await play.send('hello');
  await expect(picture).toContainText('5 B receive queue');
  await expect(picture).toContainText('no recv() has taken them');
  await expect(play.ladder.getByText('recv(')).toHaveCount(1); // the server's
  await page.getByRole('spinbutton', { name: 'n', exact: true }).fill('3');
  const recv = page.getByRole('button', { name: 'recv', exact: true });
  await recv.click();
  await expect(play.ladder.getByText('recv(3)')).toHaveCount(1);
  await expect(picture).toContainText('2 B receive queue');
  // Two are there, far fewer than it asks for. The next one waits.
  await page.getByRole('spinbutton', { name: 'n', exact: true }).fill('50000');
  await recv.press('Enter');
  await expect(picture).toContainText('Nothing is on its way');
  await recv.press('Enter');
  await expect(page.getByText('recv(50000) waits for bytes')).toBeVisible();
  await expect(recv).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page, 'main');
  await play.send('again');
  await expect(play.ladder.getByText('recv(50000)')).toHaveCount(2);
});
