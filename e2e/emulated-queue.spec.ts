import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

// As on a system whose kernel's accept queues cannot be had.
test.use({ queue: 'emulated' });

test('an accept queue that is not the kernel’s says so wherever it is shown', async ({ page, play }) => {
  await play.open();
  await expect(play.labServer(/Timestamp echo/)).toContainText('emulated');
  const client = connect(await play.listen(), '127.0.0.1');
  try {
    await once(client, 'connect');
    await expect(play.sockets.getByRole('listitem')).toContainText('1 waiting · emulated');
    await play.acceptButton.click();
    await expect(play.sockets.getByRole('listitem').first()).toContainText('0 waiting · emulated');
  } finally {
    client.destroy();
  }
  await play.view('compare').click();
  await expect(page.getByRole('tabpanel', { name: 'Compare' }).getByText('emulated', { exact: true })).toBeVisible();
});

test('it behaves as the kernel’s does: the second waits, and is answered when the first leaves', async ({ play }) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.connectTo(/Timestamp echo/);
  await play.send('second');
  await expect(play.labServer(/Timestamp echo/)).toContainText('1 waiting');
  await play.socket('client 1').click();
  await play.closeButton.click();
  await play.socket('client 2').click();
  await expect(play.ladder).toContainText("] b'second'");
});
