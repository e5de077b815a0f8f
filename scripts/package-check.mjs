/** The tarball as a stranger meets it: installed in an empty folder, and used. One line for each bar. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { findChromium } from './chromium.mjs';
import { ROOT } from './toolchain.mjs';

const OWN = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const TOOLS = ['@playwright/test', 'vitest', 'typescript', '@types/node'];
const RUN_TIMEOUT = 300_000;
/** Beside ours, the compiler that most still have. */
const OTHER_TYPESCRIPT = 'typescript-5@npm:typescript@5.9.3';

/**
 * @typedef {object} World
 * @property {string} folder with the tarball installed
 * @property {string} node
 * @typedef {{ isMet: boolean | undefined, text: string }} Outcome undefined: it cannot be tried here
 * @typedef {(world: World) => Promise<Outcome> | Outcome} Bar
 */

/** @type {Record<string, Bar>} */
const BARS = {
  'esm playwright': (world) => example(world, 'playwright-app', {}, playwright),
  'cjs playwright': (world) => example(world, 'playwright-app', { type: 'commonjs' }, playwright),
  'node:test': (world) => example(world, 'node-test', {}, ({ node }) => [node, '--test']),
  'node:test, an older Node': (world) => {
    const older = olderNode(world.node);
    if (!older) return { isMet: undefined, text: 'there is no Node 20 or 22 here' };
    return example(world, 'node-test', {}, () => [older, '--test', 'peers.test.mjs']);
  },
  vitest: (world) =>
    example(world, 'vitest', {}, ({ node, folder }) => [node, join(folder, 'node_modules/vitest/vitest.mjs'), 'run']),
  'embed-client': (world) => example(world, 'embed-client', {}, ({ node }) => [node, '--test']),
  types,
  'failure leaves sockets': failureLeavesSockets,
  '200 tests, 4 workers': manyTests,
  'npx prints an address': startsSoon,
  'an older Node is told in one line': oldNodeIsTold,
  'connect -C': crlf,
  'connect to a closed port': refused,
  '1 MiB both ways': mebibyte,
  image: () => ({ isMet: undefined, text: 'see npm run image: Docker is asked for, or its steps are done by hand' }),
};

/** @param {{ node: string, file: string, words: string[] }} options @returns {Promise<boolean>} whether all that were tried are met */
export async function check({ node, file, words }) {
  const folder = mkdtempSync(join(tmpdir(), 'package-check-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true }));
  const tools = TOOLS.map((name) => `${name}@${OWN.devDependencies[name]}`);
  const start = performance.now();
  const args = [
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    file,
    ...tools,
    OTHER_TYPESCRIPT,
  ];
  const { status, output } = run(['npm', ...args], folder, node);
  tell('install', { isMet: status === 0, text: status === 0 ? seconds(start) : output });
  if (status !== 0) return false;
  const names = Object.keys(BARS).filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
  let isMet = true;
  for (const name of names) {
    const outcome = await /** @type {Bar} */ (BARS[name])({ folder, node });
    tell(name, outcome);
    if (outcome.isMet === false) isMet = false;
  }
  return isMet;
}

/** @param {string} name @param {Outcome} outcome */
function tell(name, { isMet, text }) {
  console.log(`${isMet === undefined ? 'not here' : isMet ? 'met     ' : 'NOT MET '} ${name.padEnd(34)} ${text}`);
}
/** @param {number} start */
function seconds(start) {
  return `${((performance.now() - start) / 1_000).toFixed(1)} s`;
}
/** @param {string[]} command @param {string} cwd @param {string} node @param {{ input?: Buffer | string, env?: NodeJS.ProcessEnv }} [options] */
function run([program = '', ...args], cwd, node, { input, env } = {}) {
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
function playwright({ node, folder }) {
  return [node, join(folder, 'node_modules/@playwright/test/cli.js'), 'test'];
}

/**
 * One of examples/ in a folder of its own below the installed packages. @param {World} world @param {string} name
 * @param {object} manifest what its package.json has otherwise @param {(world: World) => string[]} command @returns {Outcome}
 */
function example(world, name, manifest, command) {
  const folder = mkdtempSync(join(world.folder, `${name}-`));
  cpSync(join(ROOT, 'examples', name), folder, { recursive: true });
  const file = join(folder, 'package.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...manifest }));
  const start = performance.now();
  const { status, output } = run(command(world), folder, world.node);
  return { isMet: status === 0, text: status === 0 ? seconds(start) : output };
}

/** @param {World} world @returns {Outcome} */
function types({ folder, node }) {
  const place = join(folder, 'types');
  cpSync(join(ROOT, 'examples'), place, { recursive: true });
  const failures = [];
  for (const compiler of ['typescript', 'typescript-5']) {
    const { bin } = JSON.parse(readFileSync(join(folder, 'node_modules', compiler, 'package.json'), 'utf8'));
    for (const [module, moduleResolution] of [
      ['NodeNext', 'NodeNext'],
      ['ESNext', 'Bundler'],
    ]) {
      const compilerOptions = {
        ...{
          module,
          moduleResolution,
          strict: true,
          noEmit: true,
          skipLibCheck: false,
          allowImportingTsExtensions: true,
        },
        ...{ target: 'ES2023', lib: ['ES2023', 'ESNext.Disposable', 'DOM', 'DOM.Iterable'], types: ['node'] },
      };
      const files = ['vitest/device.test.ts', ...(module === 'ESNext' ? ['playwright-app/sockets.spec.ts'] : [])];
      writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
      const { status, output } = run(
        [node, join(folder, 'node_modules', compiler, bin.tsc), '-p', place],
        folder,
        node,
      );
      if (status !== 0) failures.push(`${compiler} ${module}:\n${output.slice(0, 3_000)}`);
    }
  }
  return { isMet: failures.length === 0, text: failures.join('\n') || 'TypeScript 7.0 and 5.9, NodeNext and Bundler' };
}

/** @param {World} world @returns {Outcome} */
function failureLeavesSockets(world) {
  const { folder, node } = world;
  const place = join(folder, 'failing');
  mkdirSync(place);
  writeFileSync(
    join(place, 'failing.spec.ts'),
    `import { test } from 'socket-playground/playwright';
test('fails', async ({ tcpServer, connectTcp }) => {
  (await connectTcp(tcpServer.port)).send('PING');
  await (await tcpServer.accept()).expectBytes('PONG');
});`,
  );
  run([...playwright(world), '--reporter=json'], place, node, { env: { PLAYWRIGHT_JSON_OUTPUT_NAME: 'report.json' } });
  const report = JSON.parse(readFileSync(join(place, 'report.json'), 'utf8'));
  /** @type {{ name: string, body: string }[]} */
  const attachments = report.suites[0].specs[0].tests[0].results[0].attachments;
  const capture = attachments.find(({ name }) => name === 'sockets.pcapng');
  const names = attachments.map(({ name }) => name).filter((name) => name.startsWith('sockets'));
  if (!capture || names.length !== 3) return { isMet: false, text: `left ${names.join(', ') || 'nothing'}` };
  const file = join(place, 'sockets.pcapng');
  writeFileSync(file, Buffer.from(capture.body, 'base64'));
  const tshark = run(['tshark', '-r', file, '-T', 'fields', '-e', 'tcp.payload'], place, node);
  if (tshark.status === null)
    return { isMet: true, text: `${names.join(', ')}; there is no tshark here to read the capture` };
  const payload = tshark.stdout.toString().replace(/\s/g, '');
  return { isMet: payload === '50494e4750494e47', text: `${names.join(', ')}; tshark reads ${payload}` };
}

/** @param {World} world @returns {Outcome} */
function manyTests(world) {
  const place = join(world.folder, 'many');
  mkdirSync(place);
  writeFileSync(
    join(place, 'many.spec.ts'),
    `import { expect, test } from 'socket-playground/playwright';
for (let nth = 0; nth < 200; nth += 1) {
  test('number ' + nth, async ({ listenTcp, proxyTcp, connectTcp, playground }) => {
    const server = await listenTcp(async (peer) => { await peer.expectBytes('PING'); peer.send('PONG'); });
    const proxy = await proxyTcp(server.port);
    const client = await connectTcp(proxy.port);
    client.send('PING');
    await client.expectBytes('PONG');
    const echo = await connectTcp(playground.lab('Raw echo'));
    echo.send('x');
    await echo.expectBytes('x');
    expect(playground.port).toBeGreaterThan(0);
  });
}`,
  );
  const start = performance.now();
  const { status, output } = run(
    [...playwright(world), '--workers=4', '--fully-parallel', '--reporter=dot'],
    place,
    world.node,
  );
  const took = performance.now() - start;
  const isMet = status === 0 && took < 30_000;
  return { isMet, text: status === 0 ? `${seconds(start)} (30 s at most)` : output.slice(-3_000) };
}

/** @param {World} world */
function binOf({ folder }) {
  const { bin } = JSON.parse(readFileSync(join(folder, 'node_modules/socket-playground/package.json'), 'utf8'));
  return join(folder, 'node_modules/socket-playground', Object.values(bin)[0]);
}

/** @param {World} world @returns {Promise<Outcome>} */
async function startsSoon(world) {
  const start = performance.now();
  const child = spawn(world.node, [binOf(world), '--port', '0', '--lab-ports', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (!/^http:\S+\/$/.test(line)) continue;
      const took = performance.now() - start;
      const [page, python] = await Promise.all([fetch(line), fetch(new URL(pythonFile(world), line))]);
      const isServed = page.ok && python.ok && (await page.text()).includes('<script');
      return {
        isMet: took < 2_000 && isServed,
        text: `${Math.round(took)} ms (2,000 at most); page ${page.status}, Python ${python.status}`,
      };
    }
    return { isMet: false, text: 'it ended before it listened' };
  } finally {
    child.kill();
  }
}
/** @param {World} world */
function pythonFile({ folder }) {
  const assets = join(folder, 'node_modules/socket-playground/dist/web/assets');
  const python = readdirSync(assets).find((name) => name.startsWith('pyodide-')) ?? '';
  return `assets/${python}/pyodide.asm.wasm`;
}

/** @param {World} world @returns {Outcome} */
function oldNodeIsTold(world) {
  const older = olderNode(world.node);
  if (!older) return { isMet: undefined, text: 'there is no Node 20 or 22 here' };
  const { status, output } = run([older, binOf(world)], world.folder, world.node);
  const isMet = status === 1 && output.trimEnd().split('\n').length === 1 && output.includes('needs Node 24.20');
  return { isMet, text: output.trimEnd() };
}
/** One that the server does not run on, and the rest does. @param {string} node */
function olderNode(node) {
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== dirname(node));
  return folders
    .map((folder) => join(folder, 'node'))
    .find(
      (path) => existsSync(path) && /^v2[02]\./.test(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
    );
}

/** @param {World} world @returns {Promise<Outcome>} */
async function crlf(world) {
  const server = createServer({ allowHalfOpen: true }, (socket) => void socket.pipe(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => void server.once('listening', resolve));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const { code, out } = await commandOutput(world, ['connect', '-C', '127.0.0.1', String(port)], Buffer.from('a\nb'));
  server.close();
  return { isMet: code === 0 && out.toString('hex') === '610d0a62', text: `${out.toString('hex')}, exit ${code}` };
}
/** @param {World} world @returns {Promise<Outcome>} */
async function refused(world) {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => void server.once('listening', resolve));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => void server.close(resolve));
  const { code, notes } = await commandOutput(world, ['connect', '127.0.0.1', String(port)], Buffer.alloc(0));
  return { isMet: code === 1 && notes.startsWith('ECONNREFUSED'), text: `exit ${code}, ${notes.trimEnd()}` };
}
/** @param {World} world @returns {Promise<Outcome>} */
async function mebibyte(world) {
  const [up, down] = [randomBytes(1_048_576), randomBytes(1_048_576)];
  /** @type {Promise<string>} */
  let port = Promise.resolve('');
  const listening = commandOutput(world, ['listen'], down, (child) => {
    port = new Promise(
      (resolve) => void child.stderr.on('data', (text) => resolve(/:(\d+)\n/.exec(String(text))?.[1] ?? '')),
    );
  });
  const client = await commandOutput(world, ['connect', '127.0.0.1', await port], up);
  const server = await listening;
  return {
    isMet: client.out.equals(down) && server.out.equals(up),
    text: `${server.out.length} and ${client.out.length} bytes`,
  };
}
/**
 * @param {World} world @param {string[]} args @param {Buffer} input
 * @param {(child: import('node:child_process').ChildProcessWithoutNullStreams) => void} [onStart]
 * @returns {Promise<{ code: number | null, out: Buffer, notes: string }>}
 */
function commandOutput(world, args, input, onStart) {
  const child = spawn(world.node, [binOf(world), ...args]);
  onStart?.(child);
  /** @type {Buffer[]} */
  const out = [];
  let notes = '';
  child.stdout.on('data', (bytes) => out.push(bytes));
  child.stderr.on('data', (text) => {
    notes += text;
  });
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out: Buffer.concat(out), notes }));
  });
}
