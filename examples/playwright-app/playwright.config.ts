import { defineConfig } from '@playwright/test';

// A Chromium of the machine's own, where one is named; else Playwright's.
const { CHROMIUM } = process.env;

export default defineConfig({
  fullyParallel: true,
  reporter: 'list',
  use: { launchOptions: CHROMIUM ? { executablePath: CHROMIUM, args: ['--no-sandbox'] } : {} },
});
