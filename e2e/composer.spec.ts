import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { startTestPlayground } from '../testing/playground.ts';
import { labPort, test } from './fixtures.ts';
import { PlayPage } from './pages/play-page.ts';

test('what is typed outlives a reload, and what was sent can be recalled after one', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.send('sent before');
  await play.sendAs('escapes').check();
  await play.lineEnding('crlf').check();
  await play.data.fill('half a thou\\x');
  await page.reload();
  await expect(play.data).toHaveValue('half a thou\\x');
  await expect(play.sendAs('escapes')).toBeChecked();
  await expect(play.lineEnding('crlf')).toBeChecked();
  await play.data.fill('');
  await play.data.press('ArrowUp');
  await expect(play.data).toHaveValue('sent before');
  await expect(play.sendAs('text')).toBeChecked();
});

test('without a connection Enter explains, and one press goes there with the text', async ({
  page,
  play,
  playground,
}) => {
  await play.open({ host: '127.0.0.1', port: labPort(playground, 'Raw echo') });
  await play.data.fill('on my way');
  await play.data.press('Enter');
  await expect(play.alert).toContainText('There is no connection yet');
  await expect(play.data).toHaveValue('on my way');
  await page.getByRole('button', { name: /^Connect to 127\.0\.0\.1:/ }).click();
  await expect(play.sockets.getByRole('listitem')).toContainText('↑ 9 B ↓ 9 B');
  await expect(play.data).toHaveValue('');
  await expect(play.data).toBeFocused();
});

test('the bytes that will leave are counted as one types', async ({ page, play }) => {
  await play.open();
  const count = page.getByText(/^\d+ bytes?$/);
  await play.data.fill('你好');
  await expect(count).toHaveText('6 bytes');
  await play.lineEnding('crlf').check();
  await expect(count).toHaveText('8 bytes');
  await play.lineEnding('none').check();
  // What is no hex becomes the pairs of its bytes, and is again what was typed.
  await play.sendAs('hex').check();
  await expect(play.data).toHaveValue('e4 bd a0 e5 a5 bd');
  await play.sendAs('text').check();
  await expect(play.data).toHaveValue('你好');
  await play.data.fill('x'.repeat(40_000));
  await expect(page.getByText('in 2 send() calls of up to 32,768 bytes')).toBeVisible();
  await play.data.fill('');
  await play.sendAs('hex').check();
  await play.data.fill('ff');
  await expect(count).toHaveText('1 byte');
  await play.data.fill('ff 0');
  await expect(page.getByText('not bytes yet')).toBeVisible();
});

test('bytes go out as they were written: escapes, hex, line endings', async ({ play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.sendAs('escapes').check();
  await play.send('\\x00\\xff');
  await play.sendAs('hex').check();
  await play.lineEnding('lf').check();
  await play.send('68 69');
  await expect(play.sockets.getByRole('listitem')).toContainText('↑ 5 B ↓ 5 B');
  await expect(play.ladder).toContainText("send(b'\\x00\\xff') → 2");
  await expect(play.ladder).toContainText("send(b'hi\\n') → 3");
});

test('a request that is typed with CRLF is one to an HTTP server: each line of the box has the ending', async ({
  browser,
}) => {
  const server = createServer((request, response) => response.end(`you asked for ${request.url}`));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const playground = await startTestPlayground({ mode: 'allow-list', allow: [`127.0.0.1:${port}`] });
  const page = await browser.newPage({ baseURL: playground.url });
  const play = new PlayPage(page);
  try {
    await play.open({ host: '127.0.0.1', port });
    await play.connectButton.click();
    await expect(play.state).toContainText('ESTABLISHED');
    await play.lineEnding('crlf').check();
    await play.data.pressSequentially('GET /typed HTTP/1.1');
    await play.data.press('Shift+Enter');
    await play.data.pressSequentially('Host: x');
    await play.data.press('Shift+Enter');
    await expect(page.getByText('32 bytes', { exact: true })).toBeVisible();
    await play.sendButton.click();
    await expect(play.ladder).toContainText('HTTP/1.1 200 OK');
  } finally {
    await page.close();
    await playground.close();
    server.closeAllConnections();
    server.close();
  }
});

test('a paste keeps its CRLF, which the box does not show, and its bytes are counted and sent', async ({
  page,
  play,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await play.open();
  await play.connectTo(/Raw echo/);
  await page.evaluate(() => navigator.clipboard.writeText('a\r\nb'));
  await play.data.focus();
  await play.data.press('ControlOrMeta+v');
  await expect(page.getByText('4 bytes', { exact: true })).toBeVisible();
  await expect(page.getByText('line breaks as pasted (CRLF)')).toBeVisible();
  await play.data.pressSequentially('c');
  await play.data.press('Enter');
  await expect(play.ladder).toContainText("send(b'a\\r\\nbc') → 5");
  await play.data.press('ArrowUp');
  await expect(page.getByText('5 bytes', { exact: true })).toBeVisible();
  // A dump that is pasted as hex is its bytes alone.
  await play.data.fill('');
  await play.sendAs('hex').check();
  await page.evaluate(() => navigator.clipboard.writeText('00000000: 6865 6c6c 6f   hello\n'));
  await play.data.press('ControlOrMeta+v');
  await expect(play.data).toHaveValue('68 65 6c 6c 6f');
});
