/**
 * What `npm start` and `npm test` share: the installed packages and the Node that runs TypeScript. Plain JavaScript for
 * any Node from 18 on, with nothing from node_modules: it runs before there is any.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The first major version that runs TypeScript as it is and has all that the server uses. */
const NODE_MAJOR = 24;

/** Ends the process with one line that says what is lacking. @param {string} line @returns {never} */
export function giveUp(line) {
  console.error(line);
  process.exit(1);
}

/** Runs `npm ci` if there are no packages, or older ones than package-lock.json asks for. */
export function installPackages() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs) return;
  console.log('Installing packages (npm ci) …');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  const { status, error } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: ROOT, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0)
    giveUp(`npm ci failed${error ? ` (${error.message})` : ''}: see its message above; is the registry reachable?`);
}

/**
 * The Node to run everything with: the one pinned in package.json where it has a package for this platform, else the one
 * that runs this script. @returns {string} its path
 */
export function findNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const pinned = join(ROOT, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  // The pinned one is built for glibc: elsewhere it is there but does not run.
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return process.execPath;
  return giveUp(
    `Socket Playground needs Node ${NODE_MAJOR} or newer. It installs its own on Linux and Windows, but has none for ` +
      `${process.platform}-${process.arch}, and the node on your PATH is ${process.versions.node}.`,
  );
}

/** The path of a package's (first) command, for the Node of {@link findNode} to run. @param {string} packageName */
export function commandOf(packageName) {
  const folder = join(ROOT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : String(Object.values(bin)[0]));
}

/** The environment in which `node` is the Node given. @param {string} node @returns {NodeJS.ProcessEnv} */
export function environmentOf(node) {
  const path = [join(node, '..'), join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  return { ...process.env, PATH: path, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' };
}

/** Passes the signals that end this process on to a child. @param {import('node:child_process').ChildProcess} child */
export function forwardSignals(child) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // A terminal sends Ctrl+C to all of its processes: the child has it already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
}

/** What a child printed and how it ended. @param {import('node:child_process').ChildProcess} child @returns {Promise<{ output: string, code: number }>} */
export function outcomeOf(child) {
  return new Promise((resolve) => {
    let output = '';
    /** @param {Buffer} chunk */
    const onData = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', onData);
    child.stderr?.on('data', onData);
    child.on('error', (error) => resolve({ output: `${output}${error.message}\n`, code: 1 }));
    child.on('close', (code) => resolve({ output, code: code ?? 1 }));
  });
}
