import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

test('each family and type as the kernel has it, and messages that keep their borders', async ({ play, page }) => {
  test.skip(process.platform !== 'linux', 'SOCK_SEQPACKET over AF_UNIX is Linux’s');
  await play.open();
  await page.getByRole('button', { name: 'Families', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Families and types' });
  const table = panel.getByRole('table');
  await expect(table.getByRole('row', { name: /SOCK_STREAM/ }).getByText('works here')).toHaveCount(3);
  await expect(table.getByRole('row', { name: /SOCK_RDM/ })).toContainText('ESOCKTNOSUPPORT');
  await expect(
    table
      .getByRole('row', { name: /SOCK_SEQPACKET/ })
      .getByRole('cell')
      .last(),
  ).toHaveText('works here');
  const raw = table.getByRole('row', { name: /SOCK_RAW/ }).getByRole('cell');
  await expect(raw.last()).toHaveText('becomes SOCK_DGRAM');
  await expect(panel).toContainText('The system does not have this type of socket in this family.');

  await panel.getByRole('button', { name: 'Send both' }).click();
  const answer = panel.getByRole('status');
  await expect(answer).toContainText('recv(1024) → 5 B “hello”');
  await expect(answer).toContainText('recv(1024) → 6 B “python”');
  await panel.getByRole('textbox', { name: 'recv(n)' }).fill('4');
  await panel.getByRole('button', { name: 'Send both' }).click();
  await expect(answer).toContainText('recv(4) → 4 B “hell” 1 B lost');
  await expect(answer).toContainText('“pyth” 2 B lost');
  await expectAccessible(page);
  await panel.getByRole('textbox', { name: 'recv(n)' }).press('Escape');
  await expect(panel).toBeHidden();
  await expect(page.getByRole('button', { name: 'Families', exact: true })).toBeFocused();
});
