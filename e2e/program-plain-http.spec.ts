import { test as base, expect } from '@playwright/test';
import { chromiumOptions } from '../scripts/chromium.mjs';
import { startTestPlayground } from '../testing/playground.ts';
import { ProgramPage } from './pages/program-page.ts';

/** A name that is not localhost's, as a class reaches a laptop by: plain HTTP to it is no secure context. */
const NAME = 'playground.test';

const test = base.extend<object, { origin: string }>({
  origin: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that are asked for
    async ({}, use) => {
      const playground = await startTestPlayground({ hostNames: [NAME] });
      await use(`http://${NAME}:${playground.port}`);
      await playground.close();
    },
    { scope: 'worker' },
  ],
});
test.use({ launchOptions: chromiumOptions(`--host-resolver-rules=MAP ${NAME} 127.0.0.1`) });

test('Python waits and threads without a secure context', async ({ page, origin }) => {
  const program = new ProgramPage(page);
  await page.goto(`${origin}/program`);
  await program.serverReady();
  expect(await page.evaluate(() => [isSecureContext, typeof SharedArrayBuffer])).toEqual([false, 'undefined']);
  await program.server.write(
    'import threading, time\nt = threading.Thread(target=lambda: print(input("name? ")))\nt.start()\nt.join()\nprint("done")\n',
  );
  await program.server.run.click();
  await program.server.type('a thread');
  await expect(program.server.output).toContainText('done');
});

test('a browser without JSPI is told so, and keeps the rest', async ({ page, origin }) => {
  await page.addInitScript(() => Reflect.deleteProperty(WebAssembly, 'Suspending'));
  await page.goto(`${origin}/program`);
  await expect(page.getByRole('heading', { name: 'This browser cannot run the programs' })).toBeVisible();
  await expect(page.getByText('Chrome and Edge have it from version 137 on')).toBeVisible();
  await page.getByRole('link', { name: 'Go to Play' }).click();
  await expect(page.getByRole('button', { name: 'Connect' })).toBeVisible();
});
