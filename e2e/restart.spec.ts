import { expect } from '@playwright/test';
import { startTestPlayground } from '../testing/playground.ts';
import { test } from './fixtures.ts';
import { PlayPage } from './pages/play-page.ts';

test('the server is started again: no row of before moves, and the end of the socket is the last', async ({
  browser,
}) => {
  const first = await startTestPlayground();
  const page = await browser.newPage({ baseURL: first.url });
  const play = new PlayPage(page);
  let second: typeof first | undefined;
  try {
    await play.open();
    await play.connectTo(/Raw echo/);
    await play.send('before');
    await expect(play.sockets.getByRole('listitem')).toContainText('↓ 6 B');
    const before = await play.ladderRows();
    await first.close();
    second = await startTestPlayground({ port: first.port });
    await expect(play.ladder).toContainText('ECONNRESET');
    const after = await play.ladderRows();
    const timeOf = (row: readonly string[] = []): string | undefined => row[0];
    expect(after.slice(0, before.length).map(timeOf)).toEqual(before.map(timeOf));
    expect(after.at(-1)?.join(' ')).toContain('ECONNRESET');
  } finally {
    await page.close();
    await (second ?? first).close();
  }
});
