/** Where the tarball is tried: an empty folder in which it is installed, and the programs that are run there. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findChromium } from '../chromium.mjs';

const RUN_TIMEOUT = 300_000;

/**
 * @typedef {object} World
 * @property {string} folder with the tarball installed
 * @property {string} node
 * @typedef {{ isMet: boolean | undefined, text: string }} Outcome undefined: it cannot be tried here
 */

/** @param {string[]} command @param {string} cwd @param {string} node @param {{ input?: Buffer | string, env?: NodeJS.ProcessEnv }} [options] */
export function run([program = '', ...args], cwd, node, { input, env } = {}) {
  const path = [dirname(node), process.env['PATH']].join(process.platform === 'win32' ? ';' : ':');
  const chromium = findChromium();
  const all = { ...process.env, PATH: path, NO_COLOR: '1', ...(chromium ? { CHROMIUM: chromium } : {}), ...env };
  const result = spawnSync(program, args, { cwd, env: all, input, timeout: RUN_TIMEOUT, maxBuffer: 64_000_000 });
  return {
    status: result.status,
    stdout: result.stdout,
    output: `${result.stdout}${result.stderr}${result.error ?? ''}`,
  };
}
/** @param {World} world */
export function binOf({ folder }) {
  const { bin } = JSON.parse(readFileSync(join(folder, 'node_modules/socket-playground/package.json'), 'utf8'));
  return join(folder, 'node_modules/socket-playground', Object.values(bin)[0]);
}

/** One that the server does not run on, and the rest does. @param {string} node */
export function olderNode(node) {
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== dirname(node));
  return folders
    .map((folder) => join(folder, 'node'))
    .find(
      (path) => existsSync(path) && /^v2[02]\./.test(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
    );
}
