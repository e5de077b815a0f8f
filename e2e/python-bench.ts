import { noDns } from '../testing/kit/packaged-playground.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { test as base } from './fixtures.ts';
import { ProgramPage } from './pages/program-page.ts';

/** The Program page of a worker, and its server: Python's 14 MB are started once, not for each test. What a test shows there, it replaces. */
export const test = base.extend<object, { readonly bench: ProgramPage }>({
  bench: [
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
});
