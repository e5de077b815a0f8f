import { expect } from '@playwright/test';
import { noDns } from '../testing/kit/packaged-playground.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { en } from '../web/i18n/en.ts';
import { test as base } from './fixtures.ts';
import { ProgramPage } from './pages/program-page.ts';

/** The Program page of a worker, and its server: Python's 14 MB are started once, not for each test. What a test shows there, it replaces. */
export const test = base.extend<{ readonly bench: ProgramPage }, { readonly workerBench: ProgramPage }>({
  workerBench: [
    async ({ browser }, use) => {
      const playground = await startTestPlayground({ lookup: noDns, logLevel: 'error' });
      const context = await browser.newContext({
        baseURL: playground.url,
        locale: 'en-US',
        viewport: { width: 1_440, height: 900 },
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const program = new ProgramPage(await context.newPage());
      await program.open();
      await use(program);
      await context.close();
      await playground.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  /** No program of the test before runs on. */
  bench: async ({ workerBench: program }, use) => {
    const stop = program.page.getByRole('button', { name: en.program.stopBoth, exact: true });
    if (await stop.isVisible()) await stop.click();
    await expect(stop).toHaveCount(0);
    await use(program);
  },
});
