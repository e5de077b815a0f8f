import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RawGateway } from '../testing/raw-gateway.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const SUPERVISE = fileURLToPath(new URL('../scripts/supervise.mjs', import.meta.url));
const SCRIPT = `
import { supervise } from ${JSON.stringify(SUPERVISE)};
supervise(process.execPath, [${JSON.stringify(MAIN)}, '--port', '0', '--lab-ports', '0']);
console.log('script ' + process.pid);
`;

type Started = ChildProcessByStdio<null, Readable, null>;

/** `npm start` of a package that does nothing but start the server as scripts/start.mjs does, by this shell. */
async function npmStart(shell: string): Promise<{ npm: Started; script: number; url: string; over: Promise<unknown> }> {
  const folder = mkdtempSync(join(tmpdir(), 'npm-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'start.mjs'), SCRIPT);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { start: 'node start.mjs' } }));
  const env = { PATH: process.env['PATH'], HOME: folder, npm_config_script_shell: shell };
  // A group of its own, so that the test can end all of it.
  const npm = spawn('npm', ['start'], { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    try {
      process.kill(-(npm.pid as number), 'SIGKILL');
    } catch {
      // all have ended
    }
  });
  // The pipe ends with the last process that could write to it.
  const over = once(npm.stdout, 'end');
  let script = 0;
  let url = '';
  for await (const line of createInterface({ input: npm.stdout })) {
    script ||= Number(/^script (\d+)$/.exec(line)?.[1] ?? 0);
    url = /^http:\S+\/$/.exec(line)?.[0] ?? url;
    if (script > 0 && url !== '') break;
  }
  npm.stdout.resume();
  return { npm, script, url, over };
}

async function expectGoodbye(url: string, end: () => void, over: Promise<unknown>): Promise<void> {
  const { raw } = await RawGateway.enter(url);
  onTestFinished(() => raw.cut());
  end();
  expect(await raw.goawayCode()).toBe('SESSION_GONE');
  await over;
}

const SHELLS = ['/bin/dash', '/bin/bash'].filter((shell) => existsSync(shell));

describe.each(SHELLS)('npm start by %s says goodbye and leaves no process', (shell) => {
  test.each(['SIGTERM', 'SIGHUP'] as const)('when npm gets %s', async (signal) => {
    const { npm, url, over } = await npmStart(shell);
    await expectGoodbye(url, () => npm.kill(signal), over);
  });
  test('when a terminal sends SIGINT to all of them, as Ctrl+C does', async () => {
    const { npm, url, over } = await npmStart(shell);
    await expectGoodbye(url, () => process.kill(-(npm.pid as number), 'SIGINT'), over);
  });
});

test('a script that is killed takes the server with it', async () => {
  const { script, url, over } = await npmStart('/bin/sh');
  await expectGoodbye(url, () => process.kill(script, 'SIGKILL'), over);
});

test.runIf(existsSync('/bin/bash'))('SIGINT to npm alone arrives where the shell becomes the script', async () => {
  const { npm, url, over } = await npmStart('/bin/bash');
  await expectGoodbye(url, () => npm.kill('SIGINT'), over);
});
