import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

// A server of its own, whose connects give up while one waits for it.
test.use({ connectTimeout: 3_000 });

test('a full accept queue is the silence that it is: SYN-SENT, then a timeout', async ({ page, play }) => {
  test.skip(process.platform !== 'linux', "the kernel's own queue is there on Linux alone");
  await play.open();
  // One is served, and listen(5) holds six.
  for (let client = 1; client <= 7; client += 1) await play.connectTo(/Timestamp echo/);
  await play.connectButton.click();
  await expect(play.state).toContainText('SYN-SENT');
  await expect(play.state).toContainText('CONNECT_TIMEOUT');
  await expect(page.getByText('TimeoutError: timed out')).toBeVisible();
  await expect(page.getByText('What to try')).toBeVisible();
});
