/** Where the Chromium is that the browser tests drive, and how one gets here if there is none. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { commandOf, environmentOf, ROOT } from './toolchain.mjs';

/** The one without a window's machinery first: it is what Playwright's own is, and takes two thirds of the time. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];
const PROGRAMS = process.env['PROGRAMFILES'] ?? 'C:\\Program Files';
const PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(PROGRAMS, 'Google', 'Chrome', 'Application', 'chrome.exe'),
  join(PROGRAMS, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
];
/** It runs as root in containers, and makes no request of its own. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DOWNLOAD_TIMEOUT = 180_000;

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A Chromium of the machine's own: the one that CHROMIUM names, else one on the PATH or in its usual place. @returns {string | undefined} */
export function findChromium() {
  if (process.env['CHROMIUM']) return process.env['CHROMIUM'];
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PATHS].find(isExecutable);
}

/**
 * What Playwright launches: the machine's own Chromium where there is one, with the project's flags and these.
 * @param {string[]} flags
 */
export function chromiumOptions(...flags) {
  const executablePath = findChromium();
  return { args: [...CHROMIUM_FLAGS, ...flags], ...(executablePath ? { executablePath } : {}) };
}

/** Whether Playwright's own Chromium is here and runs: it may lack libraries. @param {string} node */
function runsOwnChromium(node) {
  const script = `
    import { chromium } from '@playwright/test';
    const browser = await chromium.launch({ args: ${JSON.stringify(CHROMIUM_FLAGS)}, timeout: 30_000 });
    await browser.close();`;
  const options = { cwd: ROOT, env: environmentOf(node), timeout: 60_000 };
  return spawnSync(node, ['--input-type=module', '--eval', script], options).status === 0;
}

/** @param {string} node @param {string[]} args */
function playwright(node, args) {
  const env = { ...environmentOf(node), PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  const options = { cwd: ROOT, env, timeout: DOWNLOAD_TIMEOUT };
  return spawnSync(node, [commandOf('@playwright/test'), ...args], options).status === 0;
}

function isDebianRoot() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function installDebianChromium() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, timeout: 2 * DOWNLOAD_TIMEOUT };
  spawnSync('apt-get', ['update', '-qq'], options);
  // Older releases have no package of the shell alone.
  for (const name of ['chromium-headless-shell', 'chromium']) {
    spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', name, 'fonts-noto-cjk'], options);
    const path = findChromium();
    if (path) return path;
  }
  return undefined;
}

/**
 * Finds a Chromium, or installs one: Playwright's own where it can be downloaded, else Debian's package.
 * @param {string} node
 * @returns {{ path: string | undefined } | undefined} no path: Playwright's own; undefined: there is none to be had
 */
export function ensureChromium(node) {
  const found = findChromium();
  if (found) return isExecutable(found) ? { path: found } : undefined; // one that is named is that one or none
  if (runsOwnChromium(node)) return { path: undefined };
  console.log('Installing Chromium …');
  if (playwright(node, ['install', 'chromium'])) {
    if (runsOwnChromium(node)) return { path: undefined };
    if (isDebianRoot() && playwright(node, ['install-deps', 'chromium']) && runsOwnChromium(node))
      return { path: undefined };
  }
  const path = isDebianRoot() ? installDebianChromium() : undefined;
  return path ? { path } : undefined;
}
