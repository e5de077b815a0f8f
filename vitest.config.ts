import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{protocol,client,server,web,scripts,testing,soak}/**/*.test.{ts,tsx,mjs}'],
    pool: 'threads',
    maxWorkers: 2,
  },
});
