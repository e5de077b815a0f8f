import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { ProgramPage } from './pages/program-page.ts';
import { python } from './python.ts';

const CORPUS = fileURLToPath(new URL('./python-corpus/', import.meta.url));
const run = promisify(execFile);

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** The test of truth: what the tab prints is what CPython prints, line by line. */
for (const file of readdirSync(CORPUS).filter((name) => name.endsWith('.py'))) {
  test(`${file} prints in the tab what CPython prints`, async ({ page }) => {
    test.skip(python === undefined, 'no python3 on this machine');
    const native = run(python as string, [`${CORPUS}${file}`], { timeout: 20_000 });
    const program = new ProgramPage(page);
    await page.goto('/program');
    await program.serverReady();
    await program.server.write(readFileSync(`${CORPUS}${file}`, 'utf8'));
    await program.server.run.click();
    await expect(program.server.state).toHaveText(/ended/, { timeout: 25_000 });
    await program.server.pane.getByRole('button', { name: 'Copy' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const lines = copied.split('\n').slice(0, -2);
    const { stdout } = await native;
    const expected = stdout.trimEnd().split('\n');
    const differs = expected.findIndex((line, index) => line !== lines[index]);
    expect(lines[differs], `line ${differs + 1}`).toBe(expected[differs]);
    expect(lines).toEqual(expected);
  });
}
