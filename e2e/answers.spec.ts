import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

test('a listener of one’s own answers by rule a program outside the browser', async ({ page, play }) => {
  await play.open();
  const port = await play.listen();
  const panel = page.getByRole('region', { name: 'Answers' });
  await panel.getByRole('radio', { name: 'Rules' }).check();
  const rules = panel.getByRole('textbox', { name: 'Rules' });
  await rules.fill('send "220\\n"\non lime echo');
  await panel.getByRole('button', { name: 'Answer like this' }).click();
  await expect(panel).toContainText('Line 2: bytes go in quotes');
  await rules.fill('send "220\\n"\non line "QUIT" send "bye\\n", end\non line echo');
  await panel.getByRole('button', { name: 'Answer like this' }).click();
  await expect(panel).toContainText('It answers like this from now on.');
  await expectAccessible(page);
  const client = connect(port, '127.0.0.1');
  try {
    client.end('hello\nQUIT\n');
    let heard = '';
    client.on('data', (bytes) => {
      heard += bytes;
    });
    await once(client, 'end');
    expect(heard).toBe('220\nhello\nbye\n');
    await play.socket('peer 1').click();
    await expect(play.ladder).toContainText("send(b'bye\\n')");
    await expect(page.getByRole('region', { name: 'Script', exact: true })).toContainText('2 answered');
  } finally {
    client.destroy();
  }
});
