import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { labPort, test } from './fixtures.ts';
import { PlayPage } from './pages/play-page.ts';

test('a link carries target, view and message: whoever opens it has them filled in, and sends', async ({
  page,
  play,
  playground,
}) => {
  const port = labPort(playground, 'Raw echo');
  await play.open({ host: '127.0.0.1', port });
  await play.view('stream').click();
  await play.sendAs('hex').check();
  await play.data.fill('31 32 33 34 35 36 37 38 39');
  await play.toolsButton.click();
  await play.tools.getByRole('combobox', { name: 'Checksum' }).selectOption('CRC-16/MODBUS');
  await expectAccessible(page);
  await play.tools.getByRole('button', { name: 'Copy link' }).click();
  await expect(play.tools.getByText(/Link copied|did not allow/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(play.toolsButton).toBeFocused();

  const opened = await page.context().newPage();
  const other = new PlayPage(opened);
  const message = 'as=hex&sum=crc16-modbus&data=31+32+33+34+35+36+37+38+39';
  await opened.goto(`/?protocol=tcp&host=127.0.0.1&port=${port}&view=stream&${message}`);
  await expect(other.data).toHaveValue('31 32 33 34 35 36 37 38 39');
  await expect(opened.getByText('11 bytes')).toBeVisible();
  await expect(opened.getByText('The link filled this in.')).toBeVisible();
  await other.connectButton.click();
  await expect(other.state).toContainText('ESTABLISHED');
  await expect(other.sockets.getByRole('listitem')).toContainText('↑ 0 B');
  await other.sendButton.click();
  await expect(other.stream).toContainText('1234567897K');
  await opened.reload();
  await expect(other.data).toHaveValue('');
});

test('what is sent often is kept, repeated and played by itself', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.toolsButton.click();
  const { tools } = play;
  await play.data.fill('beat {n};');
  await tools.getByRole('textbox', { name: 'Times' }).fill('3');
  await tools.getByRole('textbox', { name: 'Every (ms)' }).fill('10');
  await tools.getByRole('button', { name: 'Repeat message' }).click();
  const script = page.getByRole('region', { name: 'Script', exact: true });
  await expect(script).toContainText('round 3 of 3');
  await expect(script).toContainText('All done.');
  await expect(play.ladder).toContainText("send(b'beat 3;')");

  const sequence = tools.getByRole('textbox', { name: 'Sequence' });
  await sequence.fill('send "a\\n"\nsned "b"');
  await tools.getByRole('button', { name: 'Run sequence' }).click();
  await expect(tools).toContainText('Line 2: no such step');
  await sequence.fill('send "first\\n"\nreadUntil "first\\n"\nsend "second"\nreadUntil "never"');
  await tools.getByRole('button', { name: 'Run sequence' }).click();
  await expect(play.ladder).toContainText("send(b'second')");
  await expect(script).toContainText('waits in readUntil');
  await expectAccessible(page);
  await script.getByRole('button', { name: 'Stop' }).click();
  await expect(script).toContainText('Stopped.');

  await tools.getByRole('textbox', { name: 'Name' }).fill('pulse');
  await tools.getByRole('button', { name: 'Save message' }).click();
  await play.data.fill('');
  await page.reload();
  await play.toolsButton.click();
  await tools.getByRole('button', { name: 'Use pulse' }).click();
  await expect(play.data).toHaveValue('beat {n};');
});
