import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

const KEPT = 100;

test('past its cap a log drops its oldest events, and a line says how many', async ({ page, play }) => {
  // A browser may be told to keep fewer than a million.
  await page.addInitScript((kept) => localStorage.setItem('events-kept', String(kept)), KEPT);
  await play.open();
  await play.connectTo(/Threaded echo/);
  const line = page.getByText(/^The \d+ oldest events were dropped: the log keeps only the latest 100\./);
  await expect(line).toHaveCount(0);
  // Each is an event, and so are the reads: of whatever the sends were joined to.
  await play.sendMany(200);
  await expect(line).toBeVisible();
  await expect(play.ladder).toContainText('00199');

  // What was dropped is gone from the view, and what is kept is where it was.
  await play.ladder.press('Control+Home');
  await expect(play.ladder).not.toContainText('accept()');
  await play.view('stream').click();
  await expect(play.stream).toContainText('00199');
  await play.view('boundaries').click();
  const borders = page.getByRole('grid', { name: 'Boundaries' });
  await borders.press('Control+Home');
  const first = borders
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })
    .first();
  await expect(first).toContainText(/^[1-9]\d*–\d+/);
  await expectAccessible(page);
});

test('what a log has dropped is told in the program and by the replay, which has its bytes', async ({ page, play }) => {
  await page.addInitScript((kept) => localStorage.setItem('events-kept', String(kept)), KEPT);
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.sendMany(140);
  await expect(play.sockets.getByRole('listitem')).toContainText('↑ 700 B ↓ 700 B');
  await play.inspector.getByRole('tab', { name: 'Code' }).click();
  const said =
    /The recording is not whole: its first calls are no longer kept\.\nThe \d+ bytes that they sent are one send here/;
  await expect(play.inspector.getByRole('region')).toContainText(said);

  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByRole('menuitem', { name: /Wait for each reply/ }).click();
  await expect(page.getByText('Replayed to the end.')).toBeVisible();
  await expect(page.getByText(/the \d+ bytes that they sent went out as one send\.$/)).toBeVisible();
  await expect(play.sockets.getByRole('listitem').nth(1)).toContainText('↑ 700 B ↓ 700 B');
});
