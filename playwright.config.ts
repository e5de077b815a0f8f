import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './scripts/chromium.mjs';

export default defineConfig({
  testDir: 'e2e',
  // The stories of the lessons take minutes, and are a suite of their own: `npm test -- stories`.
  testIgnore: process.env['LESSONS'] === undefined ? ['learn-*.spec.ts'] : [],
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // What passes only the second time is reported as flaky, by name; at the desk it fails at once.
  retries: process.env['CI'] ? 1 : 0,
  // These only end what hangs: tests wait for conditions, and a busy machine is slow to meet them.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    locale: 'en-US',
    viewport: { width: 1_440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: chromiumOptions(),
  },
});
