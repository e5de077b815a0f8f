import { expect, type Page } from '@playwright/test';
import { zhCN } from '../web/i18n/zh-CN.ts';
import { expectAccessible } from './accessibility.ts';
import { labPort, test } from './fixtures.ts';

const { app, compare, families, inspector, options, session, sockets, target, trouble } = zhCN;

/** Nothing sticks out at the side, and axe finds nothing in what has just opened. */
async function expectFit(page: Page, part: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await expectAccessible(page, part);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in Chinese, 360 px wide, ${colorScheme}`, () => {
    test.use({ colorScheme, locale: 'zh-CN', viewport: { width: 360, height: 800 } });

    test('the inspector’s drawer, tab by tab', async ({ page, play, playground }) => {
      await page.goto(`/?host=127.0.0.1&port=${labPort(playground, 'Timestamp echo')}`);
      await page.getByRole('button', { name: target.connect, exact: true }).click();
      await page.locator('textarea').fill('你好');
      await page.locator('textarea').press('Enter');
      await expect(page.getByRole('grid').first()).toContainText("] b'");
      await page.getByRole('button', { name: app.play.showInspector, exact: true }).click();
      for (const tab of ['text', 'kernel', 'code'] as const) {
        await play.page.locator('#inspector').getByRole('tab', { name: inspector.tab[tab], exact: true }).click();
        if (tab === 'text') await expect(page.getByRole('region', { name: inspector.diff.label })).toBeVisible();
        await expect(page.getByRole('tabpanel', { name: inspector.tab[tab] })).not.toBeEmpty();
        await expectFit(page, '#inspector');
      }
    });

    test('what opens under the target', async ({ page, playground }) => {
      await page.goto(`/?host=127.0.0.1&port=${labPort(playground, 'Timestamp echo')}`);
      for (const name of [options.button, trouble.button, families.button]) {
        const button = page.getByRole('button', { name, exact: true });
        await button.click();
        const panel = page.locator(`#${await button.getAttribute('aria-controls')}`);
        await expect(panel).not.toBeEmpty();
        await expectFit(page, `#${await panel.getAttribute('id')}`);
        await button.click();
      }
    });

    test('the two lanes, a listener and an error', async ({ page, playground }) => {
      await page.goto(`/?host=127.0.0.1&port=${labPort(playground, 'Timestamp echo')}`);
      await page.getByRole('tab', { name: session.views.compare, exact: true }).click();
      await page.getByRole('button', { name: compare.join('A'), exact: true }).click();
      await expect(page.getByRole('tabpanel', { name: session.views.compare })).toContainText('connect((');
      await expectFit(page, '[id^="view-panel"]');

      await page.getByRole('button', { name: sockets.address, exact: true }).click();
      await page.getByRole('button', { name: sockets.listen, exact: true }).click();
      await expect(page.getByRole('button', { name: sockets.accept, exact: true })).toBeVisible();
      await expectFit(page, '#sidebar');

      await page.getByRole('textbox', { name: target.host, exact: true }).fill('192.0.2.1');
      await page.getByRole('button', { name: target.connect, exact: true }).click();
      await expect(page.getByRole('status').filter({ hasText: 'TARGET_FORBIDDEN' })).toBeVisible();
      await expectFit(page, 'main');
    });
  });
}

test.describe('in Chinese, 1280 px wide', () => {
  test.use({ locale: 'zh-CN', viewport: { width: 1_280, height: 720 } });

  test('what is inferred stands clear of the segments', async ({ page, playground }) => {
    await page.goto(`/?host=127.0.0.1&port=${labPort(playground, 'Raw echo')}`);
    await page.getByRole('button', { name: target.connect, exact: true }).click();
    const wire = page
      .getByRole('grid')
      .first()
      .getByTitle(/SYN-ACK/);
    const [acknowledgement, note] = await Promise.all([
      wire.getByText('ACK', { exact: true }).boundingBox(),
      wire.getByText(zhCN.ladder.inferred, { exact: true }).boundingBox(),
    ]);
    if (!acknowledgement || !note) throw new Error('not drawn');
    const isBelow = note.y >= acknowledgement.y + acknowledgement.height;
    const isBeside = note.x >= acknowledgement.x + acknowledgement.width;
    expect(isBelow || isBeside).toBe(true);
  });
});
