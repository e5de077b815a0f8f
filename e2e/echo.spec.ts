import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

const ANSWER = /\[\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\] b'hello python'/;

test('connect, send, read the reply', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.send('hello python');
  await play.view('Stream').click();
  await expect(play.stream).toContainText(ANSWER);
  await expectAccessible(page);
});
