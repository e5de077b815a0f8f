import { defineConfig } from 'vitest/config';

const shared = {
  // Only ends what hangs: tests wait for conditions, and a busy machine is slow to meet them.
  testTimeout: 20_000,
  hookTimeout: 20_000,
  setupFiles: ['testing/poison.ts'],
};

export default defineConfig({
  test: {
    pool: 'threads',
    maxWorkers: 2,
    projects: [
      // Pure: nothing of one file reaches another, so that they share a worker, which halves their time.
      { test: { ...shared, name: 'pure', include: ['{protocol,trace,lesson}/**/*.test.ts'], isolate: false } },
      {
        test: {
          ...shared,
          name: 'real',
          include: ['{client,server,cli,web,author,scripts,testing}/**/*.test.{ts,tsx,mjs}'],
        },
      },
    ],
  },
});
