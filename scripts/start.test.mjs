import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isSupported, ROOT } from './toolchain.mjs';

const SOURCES = [
  'client',
  'lesson',
  'protocol',
  'scripts',
  'server',
  'trace',
  'web',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
];
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'));
  onTestFinished(() => {
    spawnSync('chmod', ['-R', 'u+w', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  chmodSync(folder, 0o755);
  return folder;
}

/** A checkout with the packages of this one, and a page built by something quicker than Vite. */
function builtCheckout() {
  const folder = join(temporaryFolder(), 'a');
  for (const name of SOURCES) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  mkdirSync(join(folder, 'dist', 'web'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'web', 'index.html'), '<!doctype html>');
  const stamp = `
    import { writeFileSync } from 'node:fs';
    import { hashOfSources } from './scripts/page.mjs';
    writeFileSync('dist/web.stamp', hashOfSources());`;
  run(folder, ['--input-type=module', '--eval', stamp]);
  return folder;
}

/** @param {string} folder @param {string[]} args */
function run(folder, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
/** @param {string} folder */
function isStale(folder) {
  const script = "import { isPageStale } from './scripts/page.mjs'; console.log(isPageStale());";
  return run(folder, ['--input-type=module', '--eval', script]) === 'true\n';
}

/** @param {string} folder */
function copyOf(folder) {
  const copy = join(temporaryFolder(), 'moved');
  cpSync(folder, copy, { recursive: true });
  for (const name of readdirSync(join(copy, 'protocol'))) utimesSync(join(copy, 'protocol', name), 1_000, 1_000);
  return copy;
}
/** As a user who may not write there, for root may everywhere. @param {string} folder */
function startReadOnly(folder) {
  spawnSync('chmod', ['-R', 'a-w,a+rX', folder]);
  const args = [join(folder, 'scripts', 'start.mjs'), '--port', '0', '--lab-ports', '0'];
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const child = spawn(process.execPath, args, { cwd: folder, ...user, env: { PATH: process.env['PATH'] } });
  onTestFinished(() => void child.kill('SIGTERM'));
  return child;
}

describe('a checkout that is built', () => {
  test('is built at another place too, with other times, until a source changes', () => {
    const copy = copyOf(builtCheckout());
    expect(isStale(copy)).toBe(false);
    writeFileSync(join(copy, 'protocol', 'units.ts'), '// another');
    expect(isStale(copy)).toBe(true);
  });

  test.runIf(process.platform !== 'win32')('starts where it cannot be written to', async () => {
    const child = startReadOnly(builtCheckout());
    let text = '';
    for await (const line of createInterface({ input: child.stdout })) {
      text += `${line}\n`;
      if (/^http:\S+\/$/.test(line)) break;
    }
    expect(text).toMatch(/^http:/m);
    expect(text).not.toContain('Building');
  });
});

test.runIf(process.platform !== 'win32')(
  'one that is not built and cannot be written to says so in one line',
  async () => {
    const folder = builtCheckout();
    rmSync(join(folder, 'dist'), { recursive: true });
    const child = startReadOnly(folder);
    let text = '';
    for await (const line of createInterface({ input: child.stderr })) text += `${line}\n`;
    expect(text).toBe(
      `The page is not built, or of older sources, and ${folder}/ cannot be written to: run \`npm start\` once in a copy that ` +
        'can be, and use that copy.\n',
    );
  },
);

test.runIf(process.platform !== 'win32')('packages that are linked are not installed over', () => {
  const folder = builtCheckout();
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  lock.packages['node_modules/nobody'] = { version: '1.0.0' };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'scripts', 'start.mjs')], { encoding: 'utf8' });
  expect(stderr).toContain(`${join(folder, 'node_modules')} is a link: npm ci would empty what it points at.`);
  expect(status).toBe(1);
});

test.each([
  ['18.20.8', false],
  ['20.20.2', false],
  ['22.21.0', false],
  ['24.19.0', false],
  ['24.20.0', true],
  ['24.21.0', true],
  ['25.9.0', false],
  ['26.6.9', false],
  ['26.7.0', true],
  ['27.0.0', true],
  ['100.0.0', true],
])('Node %s runs the server: %s', (version, isGood) => {
  expect(isSupported(version)).toBe(isGood);
});

test('npm test without a Chromium says what it leaves out, counts it, and runs the rest', () => {
  const args = [join(ROOT, 'scripts', 'test.mjs'), 'browser'];
  const env = { ...process.env, CHROMIUM: '/nowhere/chromium' };
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.at(-2)).toContain('browser  left out: no Chromium runs here');
  expect(lines.at(-1)).toBe('0 passed, 0 failed, 1 skipped');
  expect(status).toBe(1); // nothing has passed
});
