import { rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Milliseconds } from '../../protocol/units.ts';
import { codeOfError } from '../net/ffi/system-error.ts';

const PREFIX = 'socket-playground-';
/** In a younger one a server may be about to listen: bind(2) makes the file, and connect(2) is refused until listen(2). */
const SETTLED: Milliseconds = 10_000;

/** The folder of this process's Unix sockets. */
export type LabDirectory = { readonly path: string; readonly remove: () => Promise<void> };

/** Those that are still there when the process ends. */
const kept = new Set<string>();

/** Makes one, and removes those that servers have left behind which were killed. @throws {Error} the system's */
export async function makeLabDirectory(parent = tmpdir()): Promise<LabDirectory> {
  await removeDead(parent);
  const path = await mkdtemp(join(parent, PREFIX));
  if (kept.size === 0) process.on('exit', removeKept);
  kept.add(path);
  return {
    path,
    remove: async () => {
      kept.delete(path);
      if (kept.size === 0) process.off('exit', removeKept);
      await rm(path, { recursive: true, force: true });
    },
  };
}

function removeKept(): void {
  for (const path of kept) rmSync(path, { recursive: true, force: true });
}

async function removeDead(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const path = join(parent, name);
    // Whatever cannot be looked at or removed stays.
    if (name.startsWith(PREFIX)) await removeIfDead(path).catch(() => undefined);
  }
}

/** Dead: ours, with sockets in it and nothing else, to all of which connect(2) is refused. */
async function removeIfDead(path: string): Promise<void> {
  const folder = await lstat(path);
  if (!folder.isDirectory() || folder.uid !== process.getuid?.()) return;
  if (Date.now() - folder.mtimeMs < SETTLED) return;
  const entries = await readdir(path);
  for (const entry of entries) if (!(await isDeadSocket(join(path, entry)))) return;
  if (entries.length > 0) await rm(path, { recursive: true });
}

async function isDeadSocket(path: string): Promise<boolean> {
  if (!(await lstat(path)).isSocket()) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ path });
  socket.once('connect', () => resolve(false));
  socket.once('error', (error) => resolve(codeOfError(error) === 'ECONNREFUSED'));
  return await promise.finally(() => socket.destroy());
}
