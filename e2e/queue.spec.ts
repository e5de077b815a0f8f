import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';
import type { PlayPage } from './pages/play-page.ts';

/** The view Compare, by the roles and names of what it shows. */
function compareOf(page: Page) {
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const clients = page.getByRole('list', { name: 'Clients' }).getByRole('listitem');
  return {
    button,
    clients,
    client: (name: string) => clients.filter({ hasText: `client ${name}` }),
    server: (name: 'One at a time' | 'Threaded') =>
      page.getByRole('radiogroup', { name: 'Server' }).getByRole('radio', { name, exact: true }),
    log: page.getByRole('grid', { name: 'Both clients' }),
  };
}

async function openCompare(play: PlayPage) {
  await play.open();
  await play.view('compare').click();
  return compareOf(play.page);
}

test('one at a time: B is in the queue and unanswered until A has left', async ({ page, play }) => {
  await page.setViewportSize({ width: 1_440, height: 1_800 }); // every row of the log is in sight
  const compare = await openCompare(play);
  await compare.button('Client A joins').click();
  await expect(compare.client('A')).toContainText('accepted after');
  await compare.button('Client B joins').click();
  await compare.button('Send from both').click();
  await expect(compare.client('A')).toContainText('answered after');
  await expect(compare.client('B')).toContainText('ESTABLISHED by the kernel, in the accept queue for');
  await expect(compare.client('B')).toContainText('no answer for');
  await expect(play.page.getByText('accept queue: 1 of 5')).toBeVisible();

  await compare.button('Client A leaves').click();
  await expect(compare.client('A')).toContainText('has left');
  await expect(compare.client('B')).toContainText('accepted after');
  await expect(compare.client('B')).toContainText('answered after');
  await expect(compare.log.getByRole('gridcell', { name: "send(b'hello python')" })).toHaveCount(2);
  await compare.button('Client B leaves').click();
  await expect(compare.client('B')).toContainText('has left');
});

test('the same script: the second is answered after the first has left, or while it is there', async ({
  page,
  play,
}) => {
  await page.setViewportSize({ width: 1_440, height: 1_800 }); // every row of the log is in sight
  const compare = await openCompare(play);
  /** Plays it to the end; returns whether A had left when the server answered B. */
  async function answersAfterLeaving(): Promise<boolean> {
    await compare.button('Play the scene').click();
    for (const name of ['A', 'B']) await expect(compare.client(name)).toContainText(/has left · answered after/);
    let left = -1;
    let answered = -1;
    // What the lanes say is there at once; the rows of the log follow with the next frame.
    await expect(async () => {
      const rows = await compare.log.getByRole('row').all();
      const cells = await Promise.all(rows.map((row) => row.getByRole('gridcell').allInnerTexts()));
      left = cells.findIndex(([, clientA]) => clientA === 'close()');
      answered = cells.findIndex(([, , , , serverForB]) => serverForB?.startsWith('send('));
      expect(Math.min(left, answered)).toBeGreaterThan(0);
    }).toPass();
    return answered > left;
  }
  expect(await answersAfterLeaving()).toBe(true);
  await compare.server('Threaded').click();
  await expect(compare.server('Threaded')).toBeChecked();
  expect(await answersAfterLeaving()).toBe(false);
});

test('past the queue’s places a connect hangs, and says for how long and why', async ({ play }) => {
  const compare = await openCompare(play);
  await compare.button('Client A joins').click();
  await expect(compare.client('A')).toContainText('accepted after');
  await compare.button('Crowd the queue').click();
  const hanging = compare.clients.filter({ hasText: /SYN-SENT for [\d.]+ m?s: the queue is full/ });
  await expect(hanging.first()).toBeVisible(); // one or two: the crowd is as large as the queue was last told to need
  // listen(5) holds one more than it was asked for.
  await expect(play.page.getByText('accept queue: 6 of 5')).toBeVisible();
  await expect(compare.clients.filter({ hasText: 'in the accept queue for' })).toHaveCount(6);
  await expectAccessible(play.page);

  await compare.button('Send the crowd away').click();
  await expect(compare.clients).toHaveCount(2);
  await compare.button('Client A leaves').click();
  await expect(play.page.getByText('accept queue: 0 of 5')).toBeVisible();
});

test('is read and worked by keyboard: one tab stop for the grid, a lane’s button stays under the focus', async ({
  page,
  play,
}) => {
  const compare = await openCompare(play);
  await compare.button('Client A joins').focus();
  await page.keyboard.press('Enter');
  await expect(compare.button('Client A leaves')).toBeFocused();
  await expect(compare.client('A')).toContainText('accepted after');
  await compare.log.focus();
  await page.keyboard.press('Control+Home');
  await expect(compare.log).toHaveAttribute('aria-activedescendant', /.+/);
  await page.keyboard.press('Tab');
  await expect(compare.log).not.toBeFocused();
  await compare.button('Client A leaves').click();
  await expect(compare.client('A')).toContainText('has left');
});
