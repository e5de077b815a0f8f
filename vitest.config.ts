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
      // Files share a worker, so that each module is loaded once: that halves their time. Whatever a test starts it stops, and
      // what it changes it changes back.
      {
        test: {
          ...shared,
          name: 'shared',
          include: ['{protocol,trace,lesson,client,server,web,soak,testing}/**/*.test.{ts,tsx,mjs}'],
          isolate: false,
        },
      },
      // These change what a process has but once: its arguments, its output, its signals.
      { test: { ...shared, name: 'apart', include: ['{cli,author,scripts}/**/*.test.{ts,tsx,mjs}'] } },
    ],
  },
});
