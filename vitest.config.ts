import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{protocol,trace,lesson,client,server,web,scripts,testing}/**/*.test.{ts,tsx,mjs}'],
    // Only ends what hangs: tests wait for conditions, and a busy machine is slow to meet them.
    setupFiles: ['testing/poison.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    pool: 'threads',
    maxWorkers: 2,
  },
});
