/** The bars of the package's command. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { binOf, olderNode, run } from './world.mjs';

/** @typedef {import('./world.mjs').World} World @typedef {import('./world.mjs').Outcome} Outcome */

/** @param {World} world @returns {Promise<Outcome>} */
export async function startsSoon(world) {
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
export function oldNodeIsTold(world) {
  const older = olderNode(world.node);
  if (!older) return { isMet: undefined, text: 'there is no Node 20 or 22 here' };
  const { status, output } = run([older, binOf(world)], world.folder, world.node);
  const isMet = status === 1 && output.trimEnd().split('\n').length === 1 && output.includes('needs Node 24.20');
  return { isMet, text: output.trimEnd() };
}
/** @param {World} world @returns {Promise<Outcome>} */
export async function crlf(world) {
  const server = createServer({ allowHalfOpen: true }, (socket) => void socket.pipe(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => void server.once('listening', resolve));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const { code, out } = await commandOutput(world, ['connect', '-C', '127.0.0.1', String(port)], Buffer.from('a\nb'));
  server.close();
  return { isMet: code === 0 && out.toString('hex') === '610d0a62', text: `${out.toString('hex')}, exit ${code}` };
}
/** @param {World} world @returns {Promise<Outcome>} */
export async function refused(world) {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => void server.once('listening', resolve));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => void server.close(resolve));
  const { code, notes } = await commandOutput(world, ['connect', '127.0.0.1', String(port)], Buffer.alloc(0));
  return { isMet: code === 1 && notes.startsWith('ECONNREFUSED'), text: `exit ${code}, ${notes.trimEnd()}` };
}
/** @param {World} world @returns {Promise<Outcome>} */
export async function mebibyte(world) {
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
