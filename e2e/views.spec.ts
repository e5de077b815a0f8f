import { expect } from '@playwright/test';
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
