/** The npm package: dist/package, laid out as this repository, and the tarball made of it. */
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { extname, join, relative } from 'node:path';
import { buildPage, isPageStale, WEB_ROOT } from '../page.mjs';
import { commandOf, environmentOf, giveUp, outcomeOf, ROOT } from '../toolchain.mjs';

const PACKAGE = join(ROOT, 'dist', 'package');
/** Packed and unpacked: more is a mistake, of which the first is that Python's files are in it twice. */
const BYTES_MAX = { packed: 15_000_000, unpacked: 20_000_000 };
/** For those who run it; the page's own are built in. */
const RUNTIME = [
  '@fastify/rate-limit',
  '@fastify/static',
  '@fastify/websocket',
  'fastify',
  'koffi',
  'prom-client',
  'typebox',
  'ws',
];
const EXTRAS = [
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'LICENSE',
  'SECURITY.md',
  'server/node-flags.json',
  'server/node-floor.json',
  'deploy',
];
/** Subpath and module. */
const EXPORTS = {
  '.': 'server/start-playground',
  './testing': 'testing/kit/testing',
  './playwright': 'testing/kit/playwright',
  './vitest': 'testing/kit/vitest',
  './client': 'client/streams/client',
  './direct-sockets': 'client/streams/direct-sockets',
};

/**
 * Compiles, copies the page, and packs. @param {string} node
 * @returns {Promise<{ file: string, packed: number, unpacked: number, count: number }>} the tarball's path and sizes in bytes
 */
export async function pack(node) {
  if (isPageStale()) {
    const { output, code } = await buildPage(node);
    if (code !== 0) giveUp(output);
  }
  rmSync(PACKAGE, { recursive: true, force: true });
  mkdirSync(PACKAGE, { recursive: true });
  const compiler = spawn(node, [commandOf('typescript'), '-p', 'tsconfig.package.json'], {
    cwd: ROOT,
    env: environmentOf(node),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { output, code } = await outcomeOf(compiler);
  if (code !== 0) giveUp(`${output}The package does not compile.`);
  copyPage(WEB_ROOT, join(PACKAGE, 'dist', 'web'));
  for (const name of EXTRAS) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(PACKAGE, name), { recursive: true });
  }
  writeFileSync(join(PACKAGE, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  return tarball();
}

/**
 * Gzip alone: browsers offer Brotli to https and localhost only, and a class comes by http. What has a gzip form among the assets
 * goes in that form only: every browser accepts it, and assets are sent to browsers.
 * @param {string} from @param {string} to
 */
function copyPage(from, to) {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(from, path);
    if (name.startsWith('.vite') || extname(name) === '.br') continue;
    if (name.startsWith('assets') && existsSync(`${path}.gz`)) continue;
    mkdirSync(join(to, relative(from, entry.parentPath)), { recursive: true });
    copyFileSync(path, join(to, name));
  }
}

/** Without what only the clone needs: scripts, the page's libraries, the pinned Node. */
function manifest() {
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const exports = Object.fromEntries(
    Object.entries(EXPORTS).map(([subpath, module]) => [
      subpath,
      { types: `./${module}.d.ts`, default: `./${module}.js` },
    ]),
  );
  const { name, version, description, license, type, keywords } = own;
  return {
    name,
    version,
    description,
    license,
    keywords,
    ...addresses(),
    type,
    // The server and the command say by themselves that they need more.
    engines: { node: '>=20.19' },
    bin: { [name]: 'cli/main.js' },
    exports: { ...exports, './package.json': './package.json' },
    dependencies: Object.fromEntries(RUNTIME.map((dependency) => [dependency, own.dependencies[dependency]])),
    optionalDependencies: { bufferutil: own.optionalDependencies.bufferutil },
    peerDependencies: { '@playwright/test': '>=1.50', '@types/node': '>=20', vitest: '>=5' },
    peerDependenciesMeta: {
      '@playwright/test': { optional: true },
      '@types/node': { optional: true },
      vitest: { optional: true },
    },
  };
}

/** Where the workflow runs is where the project is: npm wants it for the provenance. */
function addresses() {
  const name = process.env['GITHUB_REPOSITORY'];
  if (name === undefined) return {};
  const home = `https://github.com/${name}`;
  return { repository: { type: 'git', url: `git+${home}.git` }, homepage: `${home}#readme`, bugs: `${home}/issues` };
}

function tarball() {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', join(ROOT, 'dist')];
  const { stdout, stderr, status } = spawnSync('npm', args, {
    cwd: PACKAGE,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) giveUp(stderr);
  const packed = JSON.parse(stdout);
  // npm 11 prints a list, later ones an object by name.
  const { filename, size, unpackedSize, entryCount } = /** @type {any} */ (Object.values(packed)[0]);
  const file = join(ROOT, 'dist', filename.replace('@', '').replace('/', '-'));
  if (size > BYTES_MAX.packed || unpackedSize > BYTES_MAX.unpacked) {
    giveUp(
      `The package has ${size} bytes, ${unpackedSize} unpacked; ${BYTES_MAX.packed} and ${BYTES_MAX.unpacked} are allowed.`,
    );
  }
  return { file, packed: statSync(file).size, unpacked: unpackedSize, count: entryCount };
}
