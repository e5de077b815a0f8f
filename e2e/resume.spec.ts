import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test as base, expect, type Page } from '@playwright/test';
import { oneway } from '../server/faults/toxics.ts';
import type { GatewayLimits } from '../server/gateway/limits.ts';
import { startProxiedPlayground } from '../testing/playground.ts';
import { readPcapng } from '../trace/testing/pcapng-reader.ts';
import { labPort } from './fixtures.ts';
import { PlayPage } from './pages/play-page.ts';

const UNLIMITED = { bytesPerSecond: 1e9, bytesBurst: 1e9 };
/** What is pasted at a time, and how often: 20 MB up, and by way of the echo 20 MB down. */
const PIECE = 1_000_000;
const PIECES = 20;

type Proxied = Awaited<ReturnType<typeof startProxiedPlayground>>;

/** A server of the test's own, behind a network that can be cut. */
const test = base.extend<{ limits: Partial<GatewayLimits>; proxied: Proxied; play: PlayPage }>({
  limits: [UNLIMITED, { option: true }],
  proxied: async ({ limits }, use) => {
    const proxied = await startProxiedPlayground({ limits });
    await use(proxied);
    await proxied.close();
  },
  baseURL: async ({ proxied }, use) => use(proxied.url),
  play: async ({ page }, use) => use(new PlayPage(page)),
});

/** Typing a million characters one by one is not what is tested: they are pasted. */
async function paste(page: Page, play: PlayPage, text: string): Promise<void> {
  await play.data.fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(play.data).toHaveValue('');
}

test('the network goes away in the middle of 20 MB each way: back, nothing lost, bytes equal', async ({
  page,
  play,
  proxied: { proxy, server },
}) => {
  test.slow(); // silence is noticed after three seconds, and given up after eight
  await play.open();
  await play.connectTo(/Raw echo/);
  const sent = createHash('sha256');
  for (let piece = 0; piece < PIECES; piece += 1) {
    const text = `${piece} `.repeat(PIECE).slice(0, PIECE);
    sent.update(text);
    await paste(page, play, text);
    if (piece !== PIECES / 2) continue;
    proxy.strike({ upstream: [oneway()], downstream: [oneway()] });
    await expect(page.getByText('gateway unstable').first()).toBeVisible({ timeout: 20_000 });
  }
  await expect(page.getByText(/Back after \d+ seconds?, nothing lost\./).first()).toBeVisible({ timeout: 20_000 });
  await play.halfCloseButton.click();
  await expect(play.state).toContainText('CLOSED', { timeout: 30_000 });
  proxy.reset(); // the browser keeps connections for HTTP too, and would wait for one that has gone deaf
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /pcapng/ }).click(),
  ]);
  const echo = `127.0.0.1 ${labPort(server, 'Raw echo')}`;
  const received = createHash('sha256');
  for (const { source, payload } of readPcapng(readFileSync(await download.path())).packets) {
    if (source === echo) received.update(payload);
  }
  expect(received.digest('hex')).toBe(sent.digest('hex'));
});

test.describe('past the grace period', () => {
  test.use({ limits: { grace: 1_000 } });

  test('the page says for how long it was away, and what may be lost', async ({ page, play, proxied }) => {
    test.slow(); // the page comes back in its own time
    await play.open();
    await play.connectTo(/Raw echo/);
    proxied.proxy.isDown = true;
    await expect(page.getByText('gateway out of reach').first()).toBeVisible({ timeout: 15_000 });
    await expect.poll(() => proxied.server.gateway.sessionCount, { timeout: 15_000 }).toBe(0);
    proxied.proxy.isDown = false;
    const text = /Back after \d+ seconds?\. Your earlier sockets are closed; bytes .* may be lost\./;
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 20_000 });
    await expect(play.state).toContainText('ECONNRESET');
  });
});
