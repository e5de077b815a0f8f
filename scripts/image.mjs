/**
 * `npm run image`: builds the image and runs it, read-only and as somebody without rights. Where there is no Docker, does by hand, in a
 * clean folder, what each instruction of deploy/Dockerfile says. Needs the tarball: npm run kit -- pack.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf, findNode, giveUp, ROOT } from './toolchain.mjs';

const HEALTHY_WITHIN = 5_000;

/** Instructions and their arguments; a backslash continues a line. @param {string} text @returns {{ word: string, rest: string }[]} */
export function instructionsOf(text) {
  return text
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => ({ word: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }));
}

/** @param {() => boolean} isHealthy @param {() => boolean} hasEnded @returns {Promise<number | undefined>} ms it took */
async function waitForHealth(isHealthy, hasEnded) {
  const start = performance.now();
  while (performance.now() - start < HEALTHY_WITHIN && !hasEnded()) {
    if (isHealthy()) return Math.round(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

async function byHand() {
  const node = findNode();
  const root = mkdtempSync(join(tmpdir(), 'image-'));
  process.on('exit', () => rmSync(root, { recursive: true, force: true }));
  /** @param {string} path of the image */
  const placed = (path) => path.replaceAll(/(?<![\w.])\/(app|build)\b/g, `${root}/$1`);
  const env = { ...environmentOf(node) };
  for (const name of Object.keys(env)) if (name.startsWith('PLAYGROUND_')) delete env[name];
  let folder = root;
  /** @type {string[]} */
  let entry = [];
  /** @type {string[]} */
  let health = [];
  for (const { word, rest } of instructionsOf(readFileSync(join(ROOT, 'deploy', 'Dockerfile'), 'utf8'))) {
    if (word === 'WORKDIR') {
      folder = placed(rest);
      mkdirSync(folder, { recursive: true });
    } else if (word === 'COPY' && !rest.startsWith('--from')) {
      const [pattern = '', to = ''] = rest.split(' ');
      const [place = '', name = ''] = pattern.split('/');
      const [start = '', end = ''] = name.split('*');
      const files = readdirSync(join(ROOT, place)).filter((file) => file.startsWith(start) && file.endsWith(end));
      if (files.length === 0) giveUp(`COPY ${rest}: there is none. npm run kit -- pack makes it.`);
      for (const file of files) cpSync(join(ROOT, place, file), join(folder, to, file));
    } else if (word === 'RUN') {
      const { status, stderr } = spawnSync('sh', ['-c', placed(rest)], { cwd: folder, env, encoding: 'utf8' });
      if (status !== 0) giveUp(`RUN ${rest}\n${stderr}`);
    } else if (word === 'ENV') {
      const [name = '', value] = rest.split('=');
      env[name] = value;
    } else if (word === 'ENTRYPOINT') entry = JSON.parse(rest);
    else if (word === 'HEALTHCHECK') health = JSON.parse(rest.slice(rest.indexOf('CMD ') + 4));
    console.log(`done  ${word} ${rest.slice(0, 100)}`);
  }
  // Any ports: those of the image may be in use on this machine, which is no container.
  const port = '18080';
  const args = entry.slice(1).map(placed);
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  spawnSync('chmod', ['-R', 'a+rX', root]);
  const child = spawn(node, [...args, '--port', port, '--lab-ports', '0'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    ...nobody,
  });
  let hasEnded = false;
  const over = new Promise((resolve) => {
    child.once('close', (code) => {
      hasEnded = true;
      resolve(code);
    });
  });
  const took = await waitForHealth(
    () =>
      spawnSync(
        node,
        health.slice(1).map((word) => word.replace('8080', port)),
      ).status === 0,
    () => hasEnded,
  );
  child.kill('SIGTERM');
  const code = await over;
  if (took === undefined || code !== 0)
    giveUp(`It was not healthy within ${HEALTHY_WITHIN} ms, or ended with ${code}.`);
  console.log(
    `by hand: healthy after ${took} ms as uid ${nobody.uid ?? process.getuid?.()}, SIGTERM ends it with ${code}; Docker itself is not here`,
  );
}

async function byDocker() {
  const build = spawnSync('docker', ['build', '-q', '-f', 'deploy/Dockerfile', '-t', 'socket-playground', '.'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (build.status !== 0) giveUp(build.stderr);
  const flags = ['--rm', '-d', '--read-only', '--tmpfs', '/tmp', '--user', '1000', '-p', '127.0.0.1:18080:8080'];
  const { stdout, stderr, status } = spawnSync('docker', ['run', ...flags, 'socket-playground'], { encoding: 'utf8' });
  if (status !== 0) giveUp(stderr);
  const id = stdout.trim();
  const took = await waitForHealth(
    () => spawnSync('curl', ['-fsS', 'http://127.0.0.1:18080/healthz'], { stdio: 'ignore' }).status === 0,
    () => false,
  );
  spawnSync('docker', ['stop', id]);
  if (took === undefined) giveUp(`The container was not healthy within ${HEALTHY_WITHIN} ms.`);
  console.log(`docker: read-only, uid 1000: healthy after ${took} ms`);
}

if (import.meta.filename === process.argv[1]) {
  await (spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0 ? byDocker() : byHand());
}
