import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test('each datagram gets an answer of its own, an empty one too', async ({ play }) => {
  await play.open();
  await play.choose(/Datagram echo/);
  await expect(play.protocol).toHaveValue('udp');
  await play.connectButton.click();
  await expect(play.state).toContainText('UNCONN');
  await play.send('one');
  await play.send('two');
  await expect(play.ladder).toContainText("b'one'");
  await expect(play.ladder).toContainText("b'two'");
});
