/**
 * What `npm start` and `npm test` share: the installed packages and the Node that runs TypeScript. Plain JavaScript for
 * any Node from 18 on, with nothing from node_modules: it runs before there is any.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The first major version that runs TypeScript as it is and has all that the server uses. */
const NODE_MAJOR = 24;
const isNewEnough = Number.parseInt(process.versions.node, 10) >= NODE_MAJOR;
const isWindows = process.platform === 'win32';
const PINNED_PACKAGE = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
const PINNED_NODE = join('node_modules', PINNED_PACKAGE, 'bin', isWindows ? 'node.exe' : 'node');
const LOCK_FILE = join(ROOT, 'package-lock.json');

/** Ends the process with one line that says what is lacking. @param {string} line @returns {never} */
export function giveUp(line) {
  console.error(line);
  process.exit(1);
}

/** Runs `npm ci` if there are no packages, or older ones than package-lock.json asks for. */
export function installPackages() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(LOCK_FILE).mtimeMs) return;
  console.log('Installing packages (npm ci) …');
  withInstaller((node) => npmCi(node, ROOT));
}

/**
 * The Node to run everything with: the one pinned in package.json where it has a package for this platform, else the one
 * that runs this script. @returns {string} its path
 */
export function findNode() {
  // The pinned one is built for glibc: elsewhere it may be there but does not run.
  const pinned = join(ROOT, PINNED_NODE);
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (isNewEnough) return process.execPath;
  return giveUp(
    `Socket Playground needs Node ${NODE_MAJOR} or newer. It installs its own on Linux and Windows, but has none for ` +
      `${process.platform}-${process.arch}, and the node on your PATH is ${process.versions.node}.`,
  );
}

/**
 * Calls back with a Node to run npm with. npm leaves out optional packages, native parts among them, that do not name the
 * Node it runs on as supported. So where that is an old one, the pinned Node is installed first, by itself.
 * @param {(node: string) => void} install
 */
function withInstaller(install) {
  const entry = JSON.parse(readFileSync(LOCK_FILE, 'utf8')).packages[`node_modules/${PINNED_PACKAGE}`];
  if (isNewEnough || !entry) return install(process.execPath);
  const folder = mkdtempSync(join(tmpdir(), 'socket-playground-node-'));
  try {
    const manifest = { name: 'pinned-node', version: '0.0.0', dependencies: { [PINNED_PACKAGE]: entry.version } };
    const packages = { '': manifest, [`node_modules/${PINNED_PACKAGE}`]: entry };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...manifest, lockfileVersion: 3, packages }));
    npmCi(process.execPath, folder);
    const node = join(folder, PINNED_NODE);
    install(spawnSync(node, ['--version']).status === 0 ? node : process.execPath);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} node @param {string} folder */
function npmCi(node, folder) {
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
  const npm = process.env['npm_execpath'];
  const env = { ...process.env, PATH: [dirname(node), process.env['PATH']].join(delimiter) };
  const { status, error } = npm
    ? spawnSync(node, [npm, ...args], { cwd: folder, env, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: folder, env, stdio: 'inherit', shell: isWindows });
  if (status === 0) return;
  const reason = error ? ` (${error.message})` : '';
  giveUp(`npm ci failed${reason}: can this machine reach the package registry? \`npm ci\` by itself says more.`);
}

/** The path of a package's (first) command, for the Node of {@link findNode} to run. @param {string} packageName */
export function commandOf(packageName) {
  const folder = join(ROOT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : String(Object.values(bin)[0]));
}

/** The environment in which `node` is the Node given. @param {string} node @returns {NodeJS.ProcessEnv} */
export function environmentOf(node) {
  const path = [dirname(node), join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  return { ...process.env, PATH: path, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) };
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

/** Runs a program in this one's place: with its terminal, its signals, its exit code. @param {string} node @param {string[]} args */
export function become(node, args) {
  const child = spawn(node, args, { env: environmentOf(node), stdio: 'inherit' });
  forwardSignals(child);
  child.on('error', (error) => giveUp(`${args[0]} could not be started: ${error.message}`));
  child.on('exit', (status, signal) => {
    process.exitCode = status ?? 128 + (signal ? constants.signals[signal] : 0);
  });
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
