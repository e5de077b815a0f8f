import { expect, type Locator } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

/** Moves a slider to the place that says this. */
async function slide(slider: Locator, text: string): Promise<void> {
  await slider.focus();
  await slider.press('Home');
  while ((await slider.getAttribute('aria-valuetext')) !== text) await slider.press('ArrowRight');
}

test('a proxy before any target: labelled, and its slices are recv calls of their own', async ({ play, page }) => {
  await play.open();
  await page.getByRole('button', { name: 'Trouble', exact: true }).last().click();
  const panel = page.getByRole('region', { name: 'Trouble' });
  await panel.getByRole('checkbox').check();
  await slide(panel.getByRole('slider', { name: 'Slice' }), '3 B');
  await play.connectTo(/Raw echo/);
  await expect(page.getByText(/^troubled proxy 127\.0\.0\.1:\d+$/)).toBeVisible();
  await expect(panel).toContainText('client 1 goes through a troubled proxy');
  await play.send('0123456789');
  await expect(play.ladder.getByText(/^recv\(/).filter({ hasText: '32768' })).toHaveCount(4);
  await expectAccessible(page);

  await panel.getByRole('button', { name: 'All off' }).click();
  await play.send('abc');
  await expect(play.ladder.getByText(/^recv\(/).filter({ hasText: '32768' })).toHaveCount(5);
});

test('changed while it runs: what was held comes at once, and a reset is explained', async ({ play, page }) => {
  await play.open();
  await page.getByRole('button', { name: 'Trouble', exact: true }).last().click();
  const panel = page.getByRole('region', { name: 'Trouble' });
  await panel.getByRole('checkbox').check();
  await slide(panel.getByRole('slider', { name: 'Bandwidth' }), '100 B/s');
  await play.connectTo(/Raw echo/);
  await play.send('x'.repeat(10_000)); // a hundred seconds' worth
  const item = play.sockets.getByRole('listitem').first();
  await expect(item).toContainText('↑ 10 kB');
  await expect(item).not.toContainText('↓ 10 kB');
  await panel.getByRole('button', { name: 'All off' }).click();
  await expect(item).toContainText('↑ 10 kB ↓ 10 kB');

  await slide(panel.getByRole('slider', { name: 'Reset after' }), '5 B');
  await play.send('0123456789');
  await expect(play.state).toContainText('ECONNRESET');
});

test('the trouble server takes its orders from the panel', async ({ play, page }) => {
  await play.open();
  await play.connectTo(/^Trouble$/);
  await page.getByRole('button', { name: 'Trouble', exact: true }).last().click();
  const panel = page.getByRole('region', { name: 'Trouble' });
  await slide(panel.getByRole('slider', { name: 'Slice' }), '2 B');
  await expect(panel).toContainText('slice 2');
  await panel.getByRole('button', { name: 'Send this line' }).click();
  await expect(play.ladder).toContainText('ok slice 2');
  await play.send('abcd');
  await expect(play.ladder.getByRole('gridcell', { name: 'send(2 B) → 2' })).toHaveCount(2);
});
