/** The tarball as a stranger meets it: installed in an empty folder, and used. One line for each bar. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../toolchain.mjs';
import { crlf, mebibyte, oldNodeIsTold, refused, startsSoon } from './command.mjs';
import { olderNode, run } from './world.mjs';

const OWN = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const TOOLS = ['@playwright/test', 'vitest', 'typescript', '@types/node'];
/** Beside ours, the compiler that most still have. */
const OTHER_TYPESCRIPT = 'typescript-5@npm:typescript@5.9.3';

/**
 * @typedef {import('./world.mjs').World} World
 * @typedef {import('./world.mjs').Outcome} Outcome
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
