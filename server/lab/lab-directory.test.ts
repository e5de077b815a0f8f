import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makeLabDirectory } from './lab-directory.ts';

const LONG_AGO = new Date(2020, 0, 1);
/** Unix paths are short: the tests' folders are right below the system's. */
async function parentFolder(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'lab-folder-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  return parent;
}
/** Binds one in a process that is killed, as a server that is killed leaves it. */
async function leaveSocket(path: string): Promise<void> {
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('listening'))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}
async function folder(parent: string, name: string): Promise<string> {
  const path = join(parent, name);
  await mkdir(path);
  return path;
}
const isUnix = process.getuid !== undefined;

test.skipIf(!isUnix)('folders of dead servers are removed, and those alone', async () => {
  const parent = await parentFolder();
  const dead = await folder(parent, 'socket-playground-dead');
  await leaveSocket(join(dead, 'a.sock'));
  const young = await folder(parent, 'socket-playground-young');
  await leaveSocket(join(young, 'a.sock'));
  const alive = await folder(parent, 'socket-playground-alive');
  await leaveSocket(join(alive, 'dead.sock'));
  const server = createServer().listen(join(alive, 'a.sock'));
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const foreign = await folder(parent, 'socket-playground-notes');
  await leaveSocket(join(foreign, 'a.sock'));
  await writeFile(join(foreign, 'notes.txt'), 'mine');
  const empty = await folder(parent, 'socket-playground-empty');
  const other = await folder(parent, 'somebody-else');
  await leaveSocket(join(other, 'a.sock'));
  for (const path of [dead, alive, foreign, empty, other]) await utimes(path, LONG_AGO, LONG_AGO);
  const made = await makeLabDirectory(parent);
  onTestFinished(made.remove);
  const left = (await readdir(parent)).map((name) => join(parent, name));
  expect(new Set(left)).toEqual(new Set([young, alive, foreign, empty, other, made.path]));
});

test('its own is removed at every exit that runs code', async () => {
  const parent = await parentFolder();
  const module = fileURLToPath(new URL('lab-directory.ts', import.meta.url));
  for (const end of ['process.exit(3)', 'throw new Error("nobody foresaw this")']) {
    const script = `import { makeLabDirectory } from ${JSON.stringify(module)};
      const { path } = await makeLabDirectory(${JSON.stringify(parent)});
      console.log(path);
      setImmediate(() => { ${end} });`;
    const args = ['--input-type=module', '-e', script];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const exited = once(child, 'close');
    const [path] = await once(child.stdout, 'data');
    await exited;
    expect(String(path)).toContain(join(parent, 'socket-playground-'));
    expect(existsSync(String(path).trim())).toBe(false);
  }
});
