import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { noFormats } from './scripts/build/no-formats.ts';
import { precompress } from './scripts/build/precompress.ts';
import { pythonRuntime } from './scripts/build/python-runtime.ts';

/** The gateway that the development server stands in front of: see scripts/dev.mjs. */
const gateway = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: 'web',
  // Relative, so that the page also works below a sub-path behind a reverse proxy.
  base: './',
  plugins: [react(), noFormats(), pythonRuntime(), precompress()],
  server: { host: '127.0.0.1', proxy: { '/gateway': { target: gateway, ws: true }, '/lessons.json': gateway } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // light-dark() as it stands: rewritten for older browsers it would not follow the theme switch.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // The content security policy allows neither inline scripts nor data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    // What every visit loads is one chunk: in fifty small ones it was 14 kB larger compressed, for each chunk compresses alone.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  worker: { format: 'es' },
});
