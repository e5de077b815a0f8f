import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTestPlayground, until } from '../testing/playground.ts';
import { openTestPage } from '../web/store/testing/test-page.ts';

/** A built page with one file of Python's, and its worker. */
function page(): string {
  const root = mkdtempSync(join(tmpdir(), 'no-python-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'assets', 'pyodide-314.0.7-ab12'), { recursive: true });
  writeFileSync(join(root, 'assets', 'pyodide-314.0.7-ab12', 'python.wasm'), 'wasm');
  writeFileSync(join(root, 'assets', 'pyodide-worker-Ab12.js'), 'worker');
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  return root;
}

test.each([
  [true, 200],
  [false, 404],
])('Python is served: %s', async (hasPython, status) => {
  const server = await startTestPlayground({ webRoot: page(), hasPython });
  onTestFinished(() => server.close());
  const of = async (path: string) => (await fetch(new URL(path, server.url))).status;
  expect(await of('assets/pyodide-314.0.7-ab12/python.wasm')).toBe(status);
  expect(await of('assets/pyodide-worker-Ab12.js')).toBe(200);
  const tab = openTestPage(server.url);
  onTestFinished(() => tab.client.leave());
  await until(tab, () => tab.gateway().phase === 'online');
  expect(tab.gateway().hasPython).toBe(hasPython);
});
