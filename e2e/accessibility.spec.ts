import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('before the first connection', async ({ page, play }) => {
      await play.open();
      await expectAccessible(page);
    });

    for (const view of ['Ladder', 'Table', 'Stream'] as const) {
      test(`in the view ${view}`, async ({ page, play }) => {
        await play.open();
        await play.connectTo(/Timestamp echo/);
        await play.send('hello python');
        await play.view(view).click();
        await expect(page.getByRole('tabpanel', { name: view })).toContainText('hello python');
        await expectAccessible(page);
      });
    }

    test('beside what was typed wrong', async ({ page, play }) => {
      await play.open({ host: 'http://127.0.0.1/', port: 65_536 });
      await play.connectButton.click();
      await play.sendAs('Hex').click();
      await play.data.fill('6');
      await play.data.press('Enter');
      await expect(play.alert).toHaveCount(2);
      await expectAccessible(page);
    });

    test('when it is over', async ({ page, play }) => {
      await play.open();
      await play.connectTo(/Timestamp echo/);
      await play.closeButton.click();
      await expect(play.state).toContainText('CLOSED');
      await expectAccessible(page);
    });
  });
}

for (const width of [360, 768, 3_840]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 800 } });
    test('everything is there and nothing sticks out', async ({ page, play }) => {
      await play.open();
      await play.connectTo(/Timestamp echo/);
      await play.send('hello python');
      await expect(play.ladder).toContainText("b'hello python'");
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    });
  });
}
