import { type Browser, expect, type Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { PlayPage } from './pages/play-page.ts';

/** A second learner: another browser context, so nothing is shared but the server. */
async function withSecond(browser: Browser, baseURL: string, run: (second: PlayPage) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ baseURL });
  try {
    const page: Page = await context.newPage();
    await run(new PlayPage(page));
  } finally {
    await context.close();
  }
}

test('the timestamp echo serves one client: the second is connected, waits, and is answered when the first leaves', async ({
  browser,
  playground,
  play: first,
}) => {
  await withSecond(browser, playground.url, async (second) => {
    await first.open();
    await first.connectTo(/Timestamp echo/);
    await first.send('first');
    await expect(first.ladder).toContainText("b'first'");

    await second.open();
    await second.connectTo(/Timestamp echo/);
    await second.send('second');
    await expect(second.labServer(/Timestamp echo/)).toContainText('1 waiting');
    await expect(first.labServer(/Timestamp echo/)).toContainText('1 waiting');
    await expect(second.state).toContainText('ESTABLISHED');
    await expect(second.sockets.getByRole('listitem')).toContainText('not accepted yet');
    await expect(second.ladder.getByRole('gridcell', { name: /^accept\(\)/ })).toHaveCount(0);
    await expect(second.ladder).not.toContainText("] b'second'");

    await first.closeButton.click();
    await expect(second.ladder).toContainText("] b'second'");
    await expect(second.sockets.getByRole('listitem')).not.toContainText('not accepted yet');
    await expect(second.labServer(/Timestamp echo/)).not.toContainText('1 waiting');
  });
});

test('the threaded echo answers both at once', async ({ browser, playground, play: first }) => {
  await withSecond(browser, playground.url, async (second) => {
    await first.open();
    await first.connectTo(/Threaded echo/);
    await second.open();
    await second.connectTo(/Threaded echo/);
    await second.send('second');
    await expect(second.ladder).toContainText(/\d{4} b'second'/);
    await first.send('first');
    await expect(first.ladder).toContainText(/\d{4} b'first'/);
  });
});
