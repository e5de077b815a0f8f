import { expect } from '@playwright/test';
import { zhCN } from '../web/i18n/zh-CN.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';
import { PlayPage } from './pages/play-page.ts';

test('Chinese is one click away, and stays', async ({ page, play }) => {
  await play.open();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await expect(page.getByRole('button', { name: '连接', exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole('button', { name: '连接', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(play.connectButton).toBeVisible();
});

test.describe('a browser that prefers Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('connects, sends and reads the reply in Chinese', async ({ page }) => {
    const play = new PlayPage(page, zhCN);
    await play.open();
    await play.connectTo(/./);
    await play.send('你好');
    await expect(play.ladder.getByRole('row').filter({ hasText: 'recv' }).first()).toBeVisible();
    await play.view('stream').click();
    await expect(play.stream).toContainText('你好');
    await expectAccessible(page);
  });
  test('gets Chinese, errors too', async ({ page }) => {
    await page.goto('/?host=192.0.2.1&port=80');
    await page.getByRole('button', { name: '连接', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'TARGET_FORBIDDEN' })).toContainText(/[一-鿿]/);
    await expectAccessible(page);
  });
});
