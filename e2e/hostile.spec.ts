import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { ANSI, BIDI, SCRIPTS, watchOver } from './hostile-texts.ts';
import type { PlayPage } from './pages/play-page.ts';

const HEBREW = 'שלום 123';

/** Looks at what has come in every way that the page has. */
async function lookEverywhere(play: PlayPage): Promise<void> {
  const { page, ladder, inspector } = play;
  for (const name of ['ladder', 'table', 'stream', 'boundaries'] as const) {
    await play.view(name).click();
    await expect(play.view(name)).toHaveAttribute('aria-selected', 'true');
  }
  await play.view('ladder').click();
  await ladder
    .getByRole('gridcell', { name: /^recv\(/ })
    .first()
    .click();
  for (const name of ['Bytes', 'Text', 'Code']) await inspector.getByRole('tab', { name }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.keyboard.press('Escape');
}

test('scripts, ANSI, bidi, very long words and every byte: shown as text and nothing else', async ({ page, play }) => {
  const check = await watchOver(page);
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.sendAs('hex').click();
  const texts = [SCRIPTS, ANSI, BIDI, HEBREW, 'W'.repeat(60_000)].map((text) => Buffer.from(text));
  const everyByte = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  for (const payload of [...texts, everyByte]) await play.send(payload.toString('hex'));
  await expect(play.sockets.getByRole('listitem')).toContainText(/↑ (\d[^↓]*?)\s*↓ \1/); // all of it has come back
  await lookEverywhere(play);
  await check();
});

test('what a program outside sends to a listener is text and nothing else', async ({ page, play }) => {
  const check = await watchOver(page);
  await play.open();
  const port = await play.listen();
  const peer = connect(port, '127.0.0.1');
  await once(peer, 'connect');
  peer.write(Buffer.concat([Buffer.from(SCRIPTS + ANSI + BIDI), Buffer.of(0, 0xff, 0xc3, 0x28), Buffer.from('\r\n')]));
  peer.on('error', () => undefined); // the page goes before it
  await play.acceptButton.click();
  await play.socket('peer 1').click();
  await expect(play.state).toContainText('ESTABLISHED');
  await expect(play.ladder.getByRole('gridcell', { name: /^recv\(/ }).first()).toBeVisible();
  await lookEverywhere(play);
  await check();
  peer.destroy();
});

test('no control of direction reaches the page, and text from right to left moves nothing around it', async ({
  page,
  play,
}) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.send(`${BIDI}${HEBREW}`);
  await expect(play.ladder.getByRole('gridcell', { name: /^recv\(/ }).first()).toBeVisible();
  for (const name of ['ladder', 'table', 'stream'] as const) {
    await play.view(name).click();
    const shown = page.getByRole('tabpanel').getByText('שלום').filter({ visible: true });
    await expect(shown.first()).toBeVisible();
    const holders = await shown.evaluateAll((elements) =>
      elements.map((element) => {
        const { unicodeBidi, display } = getComputedStyle(element);
        const isIsolated = unicodeBidi.includes('isolate') || unicodeBidi === 'plaintext' || display !== 'inline';
        return { isIsolated, text: element.textContent ?? '' };
      }),
    );
    for (const { isIsolated, text } of holders) {
      expect(`${name} ${isIsolated}`).toBe(`${name} true`);
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/);
    }
  }
});

test('a link with a hostile host is a sentence, not a target', async ({ page, play }) => {
  const check = await watchOver(page);
  for (const host of [SCRIPTS, `${BIDI}.example`, ANSI, 'x'.repeat(4_000)]) {
    await page.goto(`/?host=${encodeURIComponent(host)}&port=80`);
    await expect(play.connectButton).toBeEnabled();
    await play.connectButton.click();
    await expect(play.alert.or(play.state).first()).toContainText(/host/i);
    await expect(play.sockets.getByRole('listitem')).toHaveCount(0);
    await check();
  }
});
