import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

test('a filter leaves what it names, and says what it cannot read', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.send('first');
  await play.send('second');
  await play.view('table').click();
  const rows = play.events.getByRole('row').filter({ has: page.getByRole('gridcell') });
  await expect(play.events).toContainText("b'second'");

  await play.filter.fill('second dir:sent');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('send');
  await expect(rows.last()).toContainText('recv(1024)');
  await play.filter.fill('len>20 end:peer');
  await expect(rows).toHaveCount(2);
  await play.filter.fill('dir:up');
  await expect(page.getByText('dir: takes sent or received')).toBeVisible();
  await play.filter.press('Escape');
  await expect(play.filter).toHaveValue('');
  await expect(rows.filter({ hasText: 'accept' })).toHaveCount(1);
});

test('the table is sorted by a column, and says the time between two rows', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  for (const text of ['long enough', 'x', 'middle']) await play.send(text);
  await play.view('table').click();
  await play.filter.fill('dir:sent end:local');
  const rows = play.events.getByRole('row').filter({ has: page.getByRole('gridcell') });
  const lengths = rows.getByRole('gridcell', { name: /^\d+$/ });
  await expect(lengths).toHaveText(['11', '1', '6']);
  const head = play.events.getByRole('columnheader', { name: 'length' });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await expect(lengths).toHaveText(['1', '6', '11']);
  // The keys go to the head too, and sort: down, then by time again.
  await rows.first().getByRole('gridcell', { name: '1', exact: true }).click();
  await play.events.press('ArrowUp');
  await play.events.press('Enter');
  await expect(lengths).toHaveText(['11', '6', '1']);
  await play.events.press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'none');
  await expect(lengths).toHaveText(['11', '1', '6']);

  await rows.first().getByRole('gridcell').first().click();
  await page.getByRole('button', { name: 'Measure from here' }).click();
  const between = page.getByRole('status').filter({ hasText: /row/ });
  await expect(between).toHaveText('Choose a second row');
  await rows.last().getByRole('gridcell').first().click();
  await expect(between).toHaveText(/^[\d.]+ (µs|ms|s) between the two rows$/);
  await expect(play.events.getByRole('row', { selected: true })).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Stop measuring' }).click();
  await expect(between).toHaveCount(0);
  await rows
    .first()
    .getByRole('gridcell')
    .first()
    .click({ modifiers: ['Shift'] });
  await expect(between).toHaveText(/between the two rows$/);
});

test('the newest row is followed until one scrolls up, and one click leads back to it', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.view('table').click();
  for (let turn = 0; turn < 12; turn += 1) await play.send(`message ${turn}`);
  await expect(play.events.getByRole('gridcell', { name: 'message 11' }).last()).toBeInViewport();

  await play.events.hover();
  await page.mouse.wheel(0, -400);
  await expect(play.events.getByRole('gridcell', { name: 'message 11' }).last()).not.toBeInViewport();
  await play.send('one more');
  const newest = page.getByRole('button', { name: /^\d+ new$/ });
  await newest.click();
  await expect(play.events.getByRole('gridcell', { name: 'one more' }).last()).toBeInViewport();
  await expect(newest).toHaveCount(0);
});

test('the conversation is copied in the form that is asked for', async ({ page, context, play }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.send('hello');
  await play.view('stream').click();
  await expect(play.stream.getByRole('listitem')).toHaveCount(2);
  const copied = async (scope: string, format: string): Promise<string> => {
    await play.stream.getByRole('combobox', { name: 'Bytes to copy' }).selectOption(scope);
    await play.stream.getByRole('combobox', { name: 'Copy as' }).selectOption(format);
    await play.stream.getByRole('button', { name: 'Copy' }).click();
    await expect(play.stream.getByRole('status')).toContainText('copied');
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied('Sent', 'Hex dump')).toBe(
    '00000000  68 65 6c 6c 6f                                    |hello|\n00000005\n',
  );
  expect(await copied('Received', 'Base64')).toBe('aGVsbG8=');
  expect(await copied('Both ends', 'Python bytes')).toBe(
    "[\n    ('sent', b'hello'),\n    ('received', b'hello'),\n]\n",
  );
  expect(JSON.parse(await copied('Both ends', 'JSON'))).toMatchObject([{ text: 'hello' }, { direction: 'received' }]);
});
