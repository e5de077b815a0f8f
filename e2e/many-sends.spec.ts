import { expect } from '@playwright/test';
import { workUntil } from '../testing/main-thread.ts';
import { test } from './fixtures.ts';

const SENDS = 10_000;
/** The last of them: by then the code is warm and the log is long. */
const MEASURED = 300;
const TASK_MILLISECONDS = 50;

test('10,000 sends in a row: all leave, all come back, and no task is long', async ({ browser, page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.view('table').click();
  const item = play.sockets.getByRole('listitem');
  await play.sendMany(SENDS - MEASURED, { atOnce: 250 });
  await expect(item).toContainText('↑ 48.5 kB ↓ 48.5 kB');
  // By the time that the processor was at it: on a machine that does other things too, the clock tells of those.
  const { longestCpu } = await workUntil(browser, page, async () => {
    await play.sendMany(MEASURED, { from: SENDS - MEASURED, atOnce: 1 });
    await expect(item).toContainText('↑ 50 kB ↓ 50 kB');
  });
  expect(longestCpu).toBeLessThanOrEqual(TASK_MILLISECONDS);
  await play.events.press('Control+End');
  await expect(play.events).toContainText('09999');
  await expect(play.inspector).toContainText('49999 of the stream');
  await expect(play.state).toContainText('ESTABLISHED');
});
