import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

const KEPT = 100;

test('past its cap a log drops its oldest events, and a line says how many', async ({ page, play }) => {
  // A browser may be told to keep fewer than a million.
  await page.addInitScript((kept) => localStorage.setItem('events-kept', String(kept)), KEPT);
  await play.open();
  await play.connectTo(/Threaded echo/);
  const line = page.getByText(/^The \d+ oldest events were dropped: a log keeps its latest 100\./);
  await expect(line).toHaveCount(0);
  // Each is an event, and so are the reads: of whatever the sends were joined to.
  await play.sendMany(200);
  await expect(line).toBeVisible();
  await expect(play.ladder).toContainText('00199');

  // What was dropped is gone from the view, and what is kept is where it was.
  await play.ladder.press('Control+Home');
  await expect(play.ladder).not.toContainText('accept()');
  await play.view('Stream').click();
  await expect(play.stream).toContainText('00199');
  await play.view('Boundaries').click();
  const borders = page.getByRole('grid', { name: 'Boundaries' });
  await borders.press('Control+Home');
  const first = borders
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })
    .first();
  await expect(first).toContainText(/^[1-9]\d*–\d+/);
  await expectAccessible(page);
});
