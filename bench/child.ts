import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** For a profile: `BENCH_NODE_FLAGS=--cpu-prof npm run bench -- --only bulk`. */
const flags = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');

export type Child<Ready> = { readonly pid: number; readonly ready: Ready; readonly stop: () => Promise<void> };

/** Runs a program of this folder; its first line of JSON says that it is ready. */
export async function startProgram<Ready>(
  name: string,
  args: readonly string[] = [],
  nodeFlags: readonly string[] = [],
): Promise<Child<Ready>> {
  const file = fileURLToPath(new URL(`programs/${name}`, import.meta.url));
  const child = spawn(process.execPath, [...nodeFlags, ...flags, file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ready = await firstJson<Ready>(child);
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await closed;
  };
  return { pid: child.pid ?? 0, ready, stop };
}

function firstJson<Ready>(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error('no standard output');
    child.once('close', () => reject(new Error('the program ended before it was ready')));
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line) as Ready);
    });
  });
}
