import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

test('the theme goes system, light, dark, and is kept', async ({ page, play }) => {
  await play.open();
  const html = page.locator('html');
  await expect(html).not.toHaveAttribute('data-theme');
  await page.getByRole('button', { name: /^Theme:/ }).click();
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.getByRole('button', { name: /^Theme:/ }).click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Theme: dark' }).click();
  await expect(html).not.toHaveAttribute('data-theme');
});

test('the panes are moved by keys, within limits, and keep their width', async ({ page, play }) => {
  await play.open();
  const handle = page.getByRole('separator', { name: 'Width of the inspector' });
  await handle.press('Home');
  await expect(handle).toHaveAttribute('aria-valuenow', '300');
  await handle.press('ArrowRight');
  await expect(handle).toHaveAttribute('aria-valuenow', '300');
  await handle.press('ArrowLeft');
  await expect(handle).toHaveAttribute('aria-valuenow', '316');
  await page.reload();
  await expect(handle).toHaveAttribute('aria-valuenow', '316');
});

test('single keys lead about the page, and can be switched off', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.labServers.getByRole('button').first().focus();
  await page.keyboard.press('2');
  await expect(play.view('table')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('/');
  await expect(play.data).toBeFocused();
  await page.keyboard.type('1?');
  await expect(play.data).toHaveValue('1?');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('checkbox', { name: /Single keys/ }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await expect(play.view('table')).toHaveAttribute('aria-selected', 'true');
});

test('what happens is told to those who do not see it', async ({ page, play }) => {
  await play.open();
  const news = page.locator('[aria-live="polite"]');
  await play.connectTo(/Raw echo/);
  await expect(news).toContainText('client 1');
  await play.closeButton.click();
  await expect(news).toContainText('client 1: closed.');
});

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('a tapped row opens in a drawer; Escape leads back', async ({ page, play }) => {
    await play.open();
    await play.connectTo(/Raw echo/);
    await play.send('hello');
    await expect(play.inspector).toBeHidden();
    await play.ladder.getByRole('gridcell', { name: /send/ }).first().tap();
    await expect(play.inspector).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(play.inspector).toBeHidden();
    await page.getByRole('button', { name: 'Inspect' }).tap();
    await expect(play.inspector).toBeVisible();
    await page.getByRole('button', { name: 'Back to the view' }).tap();
    await expect(play.inspector).toBeHidden();
  });
});
