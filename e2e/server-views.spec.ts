import { expect } from '@playwright/test';
import { serverViews as words } from '../web/i18n/en/server-views.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

const VIEW = '[id^="view-panel"]';

test('who waits for a server, whose its port is, and who had it', async ({ page, play }) => {
  await play.open();
  const port = await play.listen();
  await play.view('room').click();
  const view = page.getByRole('region', { name: words.room.label });
  const queue = view.getByRole('region', { name: words.room.room });
  for (const client of ['client 1', 'client 2']) {
    await view.getByRole('button', { name: words.another }).click();
    await expect(queue.getByRole('listitem').filter({ hasText: client })).toContainText(words.room.lap(0));
  }
  await view.getByRole('button', { name: words.accept }).click();
  const counter = view.getByRole('region', { name: words.room.counter });
  await expect(counter.getByRole('listitem').filter({ hasText: 'client 1' })).toContainText('peer 1');
  await expect(queue.getByRole('listitem').filter({ hasText: 'client' })).toHaveCount(1);
  await expectAccessible(page, VIEW);

  await play.view('ports').click();
  const board = page.getByRole('region', { name: words.ports.board(port) });
  const pairs = board.getByRole('button');
  await expect(pairs).toHaveCount(2);
  await expect(pairs.nth(1)).toContainText(words.ports.inQueue);
  await pairs.first().click();
  await expect(board.getByRole('status')).toContainText(`127.0.0.1:${port}`);
  // The server closes first: its end keeps the port.
  await play.socket('peer 1').click();
  await play.closeButton.click();
  await play.socket('client 1').click();
  await play.closeButton.click();
  const diary = page.getByRole('region', { name: words.ports.diary(port) });
  await expect(diary.getByRole('listitem').filter({ hasText: 'peer 1' })).toContainText('TIME-WAIT');
  await expect(diary.getByRole('meter', { name: 'TIME-WAIT' })).toBeVisible();
  await expectAccessible(page, VIEW);
  await play.socket('listener 1').click();
  await play.closeButton.click();
  await diary.getByRole('button', { name: words.ports.withoutReuse, exact: true }).click();
  await expect(diary.getByRole('listitem').filter({ hasText: 'listener 2' })).toContainText('EADDRINUSE');
  await diary.getByRole('button', { name: words.ports.withReuse }).click();
  await expect(diary.getByRole('listitem').filter({ hasText: 'listener 3' })).toContainText('LISTEN');
});
