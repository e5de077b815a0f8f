import { createSocket } from 'node:dgram';
import { setImmediate } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { startTestPlayground } from '../testing/playground.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';
import { PlayPage } from './pages/play-page.ts';

const LARGEST = 65_507;

test('datagrams of every size, from none to the largest; one more is refused', async ({ play, page }) => {
  await play.open();
  await play.choose(/Datagram echo/);
  await play.connectButton.click();
  await expect(play.state).toContainText('UNCONN');
  const item = play.sockets.getByRole('listitem').first();
  await play.data.press('Enter');
  await expect(play.ladder).toContainText("b''");
  await play.data.fill('x'.repeat(LARGEST));
  await play.sendButton.click();
  await expect(item).toContainText('↑ 65.5 kB');
  await expect(play.ladder).toContainText('1024 of 65507 B');
  await expect(play.ladder).toContainText('the rest is lost');
  await play.data.fill('x'.repeat(LARGEST + 1));
  await play.sendButton.click();
  await expect(page.getByRole('alert')).toContainText('datagram');
  await expect(play.state).toContainText('UNCONN');
});

test('a receiver’s buffer that is too small cuts a datagram off, at either end, and the next one is whole', async ({
  play,
  page,
}) => {
  await play.open();
  await play.choose(/Datagram echo/);
  await page.getByRole('button', { name: 'Options', exact: true }).click();
  const next = page.getByRole('group', { name: 'At the next connect()' });
  await next.getByRole('textbox', { name: 'recv(n) here' }).fill('10');
  await next.getByRole('textbox', { name: 'recv(n) of the lab server' }).fill('5');
  await play.connectButton.click();
  await expect(play.state).toContainText('UNCONN');
  await play.send('hello python');
  await expect(play.ladder).toContainText('5 of 12 B');
  await expect(play.ladder).toContainText(/10 of 35 B/);
  const now = page.getByRole('group', { name: 'Now, on client 1' });
  await now.getByRole('textbox', { name: 'recv(n) of the lab server' }).fill('64');
  await now.getByRole('textbox', { name: 'recv(n) here' }).fill('64');
  await now.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Socket options' }).getByRole('status')).toContainText('Set.');
  await play.send('again');
  await expect(play.ladder).toContainText("b'again'");
});

test('a lab server by the path of its Unix socket', async ({ play, page }) => {
  test.skip(process.platform === 'win32', 'no Unix sockets');
  await play.open();
  await page.getByRole('button', { name: 'Raw echo by its Unix socket' }).click();
  await expect(play.host).toHaveValue(/^\/.*/);
  await expect(play.protocol).toHaveValue('unix');
  await expect(play.port).toHaveCount(0);
  await play.connectButton.click();
  await expect(play.state).toContainText('ESTABLISHED');
  await play.send('by path');
  await expect(play.sockets.getByRole('listitem').first()).toContainText('↑ 7 B ↓ 7 B');
  await play.protocol.selectOption('TCP');
  await expect(play.host).toHaveValue('127.0.0.1');
  await expect(play.port).toBeVisible();
});

test('datagrams that the page could not take in time are counted on a line, and read out', async ({ browser }) => {
  const playground = await startTestPlayground({ limits: { datagramsQueued: 2 } });
  const context = await browser.newContext({ baseURL: playground.url });
  const page = await context.newPage();
  const play = new PlayPage(page);
  const sender = createSocket('udp4');
  try {
    await play.open();
    await play.choose(/Datagram echo/);
    await play.connectButton.click();
    await expect(play.state).toContainText('UNCONN');
    await expect(play.ladder).toContainText('bind');
    const port = Number(/bind\D+[\d.]+', (\d+)/.exec((await play.ladder.textContent()) ?? '')?.[1]);
    const line = page.getByText(/^\d+ datagrams? (was|were) dropped here: the page could not take them in time\.$/);
    const large = Buffer.alloc(16_384);
    await expect(async () => {
      // Faster than a page acknowledges, in as many turns of the server (which is this process) as the kernel has room for.
      for (let turn = 0; turn < 50; turn += 1) {
        for (let nth = 0; nth < 6; nth += 1) sender.send(large, port, '127.0.0.1');
        await setImmediate();
      }
      await expect(line).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await expectAccessible(page);
  } finally {
    sender.close();
    await context.close();
    await playground.close();
  }
});
