import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

// The whole page once in each theme; what is shown instead of another part of it, as that part.
const VIEW = '[id^="view-panel"]';
const INSPECTOR = '#inspector';

const VIEWS = [
  ['ladder', 'hello python'],
  ['table', 'hello python'],
  ['stream', 'hello python'],
  ['boundaries', 'send('],
  ['compare', 'client A'],
] as const;

const LOOKS = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['forced colours', { forcedColors: 'active' }],
] as const;

for (const [look, options] of LOOKS) {
  test.describe(`axe finds nothing, ${look}`, () => {
    test.use(options);

    test('before the first connection and in each view of one', async ({ page, play }) => {
      await play.open();
      await expectAccessible(page);
      await play.connectTo(/Timestamp echo/);
      await play.send('hello python');
      for (const [view, text] of VIEWS) {
        await test.step(view, async () => {
          await play.view(view).click();
          await expect(page.getByRole('tabpanel', { name: play.words.session.views[view] })).toContainText(text);
          await expectAccessible(page, view === 'ladder' ? undefined : VIEW);
        });
      }
    });
  });
}

test.describe('axe finds nothing', () => {
  test('in the inspector’s Text, Kernel and Code', async ({ page, play }) => {
    await play.open();
    await play.connectTo(/Timestamp echo/);
    await play.send('hello python');
    await expect(play.ladder).toContainText("] b'hello python'");
    for (const tab of ['Text', 'Kernel', 'Code'] as const) {
      await test.step(tab, async () => {
        await play.inspector.getByRole('tab', { name: tab }).click();
        await expect(play.inspector.getByRole('tabpanel', { name: tab })).not.toBeEmpty();
        await expectAccessible(page, INSPECTOR);
      });
    }
  });

  test('in a dialog', async ({ page, play }) => {
    await play.open();
    await page.locator('body').press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'dialog, [role=dialog]');
  });

  test('with errors: of the composer, of a connection', async ({ page, play }) => {
    await play.open({ host: '192.0.2.1', port: 80 });
    await play.connectButton.click();
    await expect(page.getByRole('status').filter({ hasText: 'TARGET_FORBIDDEN' })).toBeVisible();
    await play.sendAs('hex').check();
    await play.data.fill('4');
    await play.data.press('Enter');
    await expect(play.alert.first()).toBeVisible();
    await expectAccessible(page);
  });

  test('while it listens, with a menu open', async ({ page, play }) => {
    await play.open();
    await play.listen();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('menu')).toBeVisible();
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

test('every cell of a grid says its row and its column', async ({ play }) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.send('hello python');
  await expect(play.ladder).toContainText("] b'hello python'");
  for (const grid of [play.ladder, play.bytes]) {
    const columns = Number(await grid.getAttribute('aria-colcount'));
    const rows = Number(await grid.getAttribute('aria-rowcount'));
    const places = await grid.locator('[role=gridcell]').evaluateAll((cells) =>
      cells.map((cell) => ({
        row: Number(cell.closest('[role=row]')?.getAttribute('aria-rowindex')),
        column: Number(cell.getAttribute('aria-colindex')),
      })),
    );
    expect(places.length).toBeGreaterThan(0);
    for (const { row, column } of places) {
      expect(row).toBeGreaterThan(0);
      expect(row).toBeLessThanOrEqual(rows);
      expect(column).toBeGreaterThan(0);
      expect(column).toBeLessThanOrEqual(columns);
    }
    // One tab stop: nothing in a grid is reached by Tab but the grid itself.
    await expect(grid).toHaveAttribute('tabindex', '0');
    await expect(grid.locator('[tabindex="0"], button, a, input')).toHaveCount(0);
  }
});

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
