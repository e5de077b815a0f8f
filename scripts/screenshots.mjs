/**
 * `npm run screenshots -- FOLDER`: the Play page with a conversation on it, in both themes, both languages, wide and narrow.
 * Starts a server of its own and ends it.
 */
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CHROMIUM_FLAGS, findChromium } from './chromium.mjs';
import { buildPage, isPageStale } from './page.mjs';
import { environmentOf, findNode, giveUp, installPackages, ROOT } from './toolchain.mjs';

const [folder] = process.argv.slice(2);
if (!folder) giveUp('Where to? npm run screenshots -- FOLDER');

installPackages();
const node = findNode();
if (isPageStale()) {
  const { code, output } = await buildPage(node);
  if (code !== 0) giveUp(output);
}
await mkdir(folder, { recursive: true });

const server = spawn(node, [join(ROOT, 'server', 'main.ts'), '--port', '0'], {
  env: environmentOf(node),
  stdio: ['ignore', 'pipe', 'inherit'],
});
/** @returns {Promise<string>} the one line that is a URL and nothing else */
async function addressOf() {
  for await (const line of createInterface({ input: server.stdout })) if (/^http:\S+$/.test(line)) return line;
  return giveUp('The server ended before it listened.');
}

const { chromium } = await import('@playwright/test');
const executablePath = findChromium();
const browser = await chromium.launch({ args: CHROMIUM_FLAGS, ...(executablePath ? { executablePath } : {}) });
try {
  const url = await addressOf();
  for (const locale of ['en', 'zh-CN']) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      for (const width of [1_440, 390]) {
        const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 900 } });
        const page = await context.newPage();
        await page.goto(url);
        // By place, not by name: the names are in the page's language.
        await page.getByRole('list').first().getByRole('button').first().click();
        await page.getByRole('form').first().locator('button[type=submit]').click();
        for (const text of ['hello python', '你好，世界']) {
          await page.locator('textarea').fill(text);
          await page.locator('textarea').press('Enter');
          await page.getByRole('grid').first().getByRole('row').filter({ hasText: /\] b'/ }).last().waitFor();
        }
        const rows = page.getByRole('grid').first().getByRole('row');
        await rows.last().click();
        await page.screenshot({ path: join(folder, `play-${locale}-${colorScheme}-${width}.png`) });
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  server.kill('SIGTERM');
}
