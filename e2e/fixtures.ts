import { test as base, expect } from '@playwright/test';
import type { Milliseconds } from '../protocol/units.ts';
import { createEmulatedAcceptQueues } from '../server/net/emulated-accept-queue.ts';
import type { RunningPlayground } from '../server/start-playground.ts';
import '../testing/poison.ts';
import { findNobody, startTestPlayground } from '../testing/playground.ts';
import { PlayPage } from './pages/play-page.ts';

type TestFixtures = {
  readonly play: PlayPage;
  /** Fails the test if the page threw, logged an error (a refused script, say) or asked anybody but its own origin. */
  readonly noPageErrors: undefined;
  /** How long a connect may hang; undefined: as long as the gateway says by default. */
  readonly connectTimeout: Milliseconds | undefined;
  /** Whose accept queues are used; undefined: the kernel's own where it can be had. */
  readonly queue: 'emulated' | undefined;
  readonly playground: RunningPlayground;
};

/**
 * Each test has a whole server of its own, on ports the system chose: tests are parallel, and a session that outlives
 * its page, as one cut off does, is in no other's way.
 */
export const test = base.extend<TestFixtures>({
  connectTimeout: [undefined, { option: true }],
  queue: [undefined, { option: true }],
  playground: async ({ connectTimeout, queue }, use) => {
    const limits = connectTimeout === undefined ? {} : { connectTimeout };
    const queues = queue === 'emulated' ? { queues: createEmulatedAcceptQueues() } : {};
    const playground = await startTestPlayground({ lookup: findNobody, logLevel: 'error', limits, ...queues });
    await use(playground);
    await playground.close();
  },
  baseURL: async ({ playground }, use) => use(playground.url),
  play: async ({ page }, use) => use(new PlayPage(page)),
  noPageErrors: [
    async ({ context, playground }, use) => {
      const faults: string[] = [];
      context.on('weberror', (error) => faults.push(String(error.error())));
      context.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      context.on('request', (request) => {
        const isOwn = request.url().startsWith(playground.url) || /^(data|blob):/.test(request.url());
        if (!isOwn) faults.push(`asked for ${request.url()}`);
      });
      await use(undefined);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

/** The port of one of the lab's TCP servers, by its name. */
export function labPort({ lab }: RunningPlayground, name: string): number {
  const server = lab.servers.find((one) => one.name === name);
  if (!server) throw new Error(`no lab server ${name}`);
  return server.port;
}
