import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

test('two sends are joined in one read, and cut by a small one', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.view('boundaries').click();
  await page.getByRole('textbox', { name: 'Server reads at most' }).fill('4');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'It takes effect at the server’s next recv().' }),
  ).toBeVisible();
  await page.getByRole('textbox', { name: 'First send' }).fill('abc');
  await page.getByRole('textbox', { name: 'Second send' }).fill('defghi');
  await page.getByRole('button', { name: 'Send both at once' }).click();

  // Of nine bytes, four a read: the second read takes the border between the sends, however the kernel joins them.
  const grid = page.getByRole('grid', { name: 'Boundaries' });
  const rows = grid.getByRole('row').filter({ has: page.getByRole('gridcell') });
  await expect(rows.last()).toContainText('8–8');
  await expect(rows.last()).toContainText('recv(4) → 1 B');
  await expect(grid.getByRole('gridcell', { name: /^(joined and )?cut$/ }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: /^Bytes you sent\. 2 sends, 3 reads/ })).toBeVisible();
  await expectAccessible(page);
});

test('a size that no recv() takes is told, and nothing is set', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.view('boundaries').click();
  const size = page.getByRole('textbox', { name: 'Server reads at most' });
  await size.fill('70000');
  await size.press('Enter');
  await expect(page.getByText('Enter a number from 1 to 65536.')).toBeVisible();
  await expect(size).toHaveAttribute('aria-invalid', 'true');
});

test('the keyboard walks the table, and the inspector follows', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.send('first');
  await play.send('second');
  await play.view('boundaries').click();
  const grid = page.getByRole('grid', { name: 'Boundaries' });
  await expect(grid.getByRole('gridcell', { name: 'one send, one read' })).toHaveCount(2);
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await expect(play.inspector).toContainText('send(5 B)');
  await page.keyboard.press('ArrowDown');
  await expect(play.inspector).toContainText('send(6 B)');
});
