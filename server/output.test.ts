import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PseudoTerminal } from '../testing/pseudo-terminal.ts';

const CHILD = fileURLToPath(new URL('../testing/output-child.ts', import.meta.url));
/** More than may wait, and than a pipe of Linux holds. */
const MANY = 10_000;

async function start(stdout: number | 'pipe'): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD], { stdio: ['ignore', stdout, 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}
/** What waits, in characters, after so many lines were written: it answers, so it does not stand still. */
async function write(child: ChildProcess, lines: number): Promise<number> {
  const answer = once(child, 'message') as Promise<[{ waiting: number }]>;
  child.send({ lines });
  return (await answer)[0].waiting;
}

describe.runIf(process.platform === 'linux')('a terminal', () => {
  test('that is stopped: lines are dropped and counted, and what was taken comes in order when it goes on', async () => {
    const terminal = new PseudoTerminal();
    onTestFinished(() => terminal.close());
    const child = await start(terminal.fd);
    terminal.stop();
    expect(await write(child, MANY)).toBeLessThanOrEqual(262_144);
    expect(await write(child, MANY)).toBeLessThanOrEqual(262_144);
    terminal.resume();
    let text = '';
    while (!text.includes(' dropped')) {
      text += terminal.read();
      await turn();
    }
    const lines = text.trimEnd().split('\r\n');
    const dropped = Number.parseInt(lines.at(-1) ?? '', 10);
    expect(dropped + lines.length - 1).toBe(2 * MANY);
    expect(lines.slice(0, -1).every((line, index) => line.startsWith(`line ${index + 1} `))).toBe(true);
    await write(child, 1);
    while (!text.endsWith('...\r\n')) {
      text += terminal.read();
      await turn();
    }
  });
});

describe('a pipe', () => {
  test('that nobody reads holds so much and no more', async () => {
    const child = await start('pipe');
    child.stdout?.pause();
    for (let round = 0; round < 5; round += 1) expect(await write(child, MANY)).toBeLessThanOrEqual(262_144);
  });
  test('whose reader is gone', async () => {
    const child = await start('pipe');
    child.stdout?.destroy();
    for (let round = 0; round < 3; round += 1) expect(await write(child, MANY)).toBeLessThanOrEqual(262_144);
    expect(child.exitCode).toBe(null);
  });
});

describe('a file', () => {
  test.runIf(process.platform === 'linux')('on a full disk', async () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const child = await start(full);
    for (let round = 0; round < 3; round += 1) expect(await write(child, 10)).toBe(0);
    expect(child.exitCode).toBe(null);
  });
  test('has every line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'output-'));
    const file = openSync(join(folder, 'log'), 'w');
    onTestFinished(() => {
      closeSync(file);
      rmSync(folder, { recursive: true });
    });
    await write(await start(file), MANY);
    expect(readFileSync(join(folder, 'log'), 'utf8').trimEnd().split('\n')).toHaveLength(MANY);
  });
});
