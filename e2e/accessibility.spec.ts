import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('axe finds nothing before, during and after a conversation, in any view', async ({ page, play }) => {
      await play.open();
      await expectAccessible(page);
      await play.connectTo(/Timestamp echo/);
      await play.send('hello python');
      await expect(play.ladder).toContainText("b'hello python'");
      await expectAccessible(page);
      for (const view of ['Table', 'Stream'] as const) {
        await play.view(view).click();
        await expect(page.getByRole('tabpanel', { name: view })).toContainText('hello python');
        await expectAccessible(page);
      }
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
