import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

const ANSWER = /\[\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\] b'hello python'/;

test('connect, send, read the reply', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.send('hello python');
  await play.view('stream').click();
  await expect(play.stream).toContainText(ANSWER);
  await expectAccessible(page);
});

test("the ladder shows both ends' calls in order, and time never goes back", async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.send('hello python');
  await expect(play.ladder).toContainText(ANSWER);
  await play.closeButton.click();
  await expect(play.state).toContainText('CLOSED');
  await expect(play.ladder.getByRole('gridcell', { name: 'close()', exact: true })).toHaveCount(2);

  const rows = await play.ladderRows();
  const calls = rows.map(([, , client = '', , server = '']) => `${client} | ${server}`);
  const expected = [
    /\| started: .* listen\(5\)/,
    /^connect\(\('127\.0\.0\.1', \d+\)\)/,
    /\| accept\(\) → \('127\.0\.0\.1', \d+\)/,
    /^send\(b'hello python'\) → 12 \| recv\(1024\) → 12 B/,
    /^recv\(\d+\) → 42 B \| send\(42 B\) → 42/,
    /^close\(\) \|/,
    /\| close\(\)$/,
  ];
  const found = expected.map((call) => calls.findIndex((text) => call.test(text)));
  expect(found, calls.join('\n')).not.toContain(-1);
  expect(found, calls.join('\n')).toEqual([...found].sort((a, b) => a - b));
  // By the clock; since the first call they are not in the order of their letters.
  await page.getByRole('combobox', { name: 'Times' }).selectOption('clock time');
  const times = (await play.ladderRows()).map(([time = '']) => time);
  expect(times).toEqual([...times].sort((a, b) => a.localeCompare(b)));
});
