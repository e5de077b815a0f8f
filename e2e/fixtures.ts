import { test as base, expect } from '@playwright/test';
import type { Milliseconds } from '../protocol/units.ts';
import type { RunningPlayground } from '../server/start-playground.ts';
import type { LabName, TestPlayground } from '../testing/kit/packaged-playground.ts';
import { withSockets } from '../testing/kit/playwright.ts';
import '../testing/poison.ts';

type TestFixtures = {
  /** Fails the test if the page threw, logged an error (a refused script, say) or asked anybody but its own origin. */
  readonly noPageErrors: undefined;
  /** How long a connect may hang; undefined: as long as the gateway says by default. */
  readonly connectTimeout: Milliseconds | undefined;
  /** Whose accept queues are used; undefined: the kernel's own where it can be had. */
  readonly queue: 'emulated' | undefined;
  readonly hasPython: boolean;
};

/**
 * The package's own fixtures: each test has a whole server, on ports the system chose. So tests are parallel, and a session that
 * outlives its page, as one cut off does, is in no other's way. Here the app under test is the playground itself.
 */
export const test = withSockets(base).extend<TestFixtures>({
  connectTimeout: [undefined, { option: true }],
  queue: [undefined, { option: true }],
  hasPython: [true, { option: true }],
  playgroundOptions: async ({ connectTimeout, queue, hasPython }, use) => {
    const limits = connectTimeout === undefined ? {} : { connectTimeout };
    await use({ logLevel: 'error', limits, acceptQueue: queue ?? 'kernel', hasPython });
  },
  baseURL: async ({ playground }, use) => use(playground.url),
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

/** The port of one of the lab's servers, by its name. */
export function labPort({ lab }: TestPlayground | RunningPlayground, name: LabName): number {
  if (typeof lab === 'function') return lab(name).port;
  const server = lab.servers.find((one) => one.name === name);
  if (!server) throw new Error(`no lab server ${name}`);
  return server.port;
}
