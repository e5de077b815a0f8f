/** The page's build: whether dist/web is up to date, and how it is made so. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, environmentOf, outcomeOf, ROOT } from './toolchain.mjs';

const SOURCES = [
  'web',
  'protocol',
  'trace',
  'lesson',
  'lessons',
  'client',
  'scripts',
  'vite.config.ts',
  'package-lock.json',
];
/** Within those: tests and what runs before the build change nothing in it. */
const NO_SOURCE = /\.test\.tsx?$|\.mjs$/;
export const WEB_ROOT = join(ROOT, 'dist', 'web');
const STAMP = join(ROOT, 'dist', 'web.stamp');

/** All that goes into the page, by name and content: a copy of a checkout that is built is built. */
export function hashOfSources() {
  const hash = createHash('sha256');
  /** @param {string} name with slashes, within the checkout */
  const add = (name) => {
    const path = join(ROOT, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return;
    if (stats.isDirectory()) for (const entry of readdirSync(path).sort()) add(`${name}/${entry}`);
    else if (!NO_SOURCE.test(name)) hash.update(`${name}\n${stats.size}\n`).update(readFileSync(path));
  };
  for (const source of SOURCES) add(source);
  return hash.digest('hex');
}

/** Whether the sources differ from those that dist/web was built of. */
export function isPageStale() {
  return !(existsSync(WEB_ROOT) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashOfSources());
}

/**
 * Builds the page beside dist/web and moves it into place, so that a server that runs meanwhile never serves half of it.
 * @param {string} node
 * @param {(child: import('node:child_process').ChildProcess) => void} [onChild]
 */
export async function buildPage(node, onChild) {
  const hash = hashOfSources();
  const next = `${WEB_ROOT}.${process.pid}`;
  const build = [commandOf('vite'), 'build', '--outDir', next, '--emptyOutDir', '--logLevel', 'warn'];
  const child = spawn(node, build, { cwd: ROOT, env: environmentOf(node), stdio: ['ignore', 'pipe', 'pipe'] });
  onChild?.(child);
  const outcome = await outcomeOf(child);
  if (outcome.code === 0) {
    rmSync(WEB_ROOT, { recursive: true, force: true });
    renameSync(next, WEB_ROOT);
    writeFileSync(STAMP, hash);
  } else {
    rmSync(next, { recursive: true, force: true });
  }
  return outcome;
}
