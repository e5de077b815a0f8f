import { defineConfig } from 'vitest/config';
const shared = { testTimeout: 20_000, hookTimeout: 20_000, setupFiles: ['testing/poison.ts'] };
export default defineConfig({ test: { pool: 'threads', maxWorkers: 2, projects: [ { test: { ...shared, name: 'real', isolate: process.env.ISO === '1', include: ['{client,server}/**/*.test.{ts,tsx,mjs}'] } }, { test: { ...shared, name: 'web', isolate: process.env.ISO === '1', include: ['{web,testing}/**/*.test.{ts,tsx,mjs}'] } } ] } });
