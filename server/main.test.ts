import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const URL_LINE = /^http:\/\/\S+\/$/;

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'], ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
/** All that is printed up to the address, and the address. */
async function listening(child: ChildProcessWithoutNullStreams): Promise<{ lines: string[]; url: string }> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (URL_LINE.test(line)) return { lines, url: line };
  }
  throw new Error(`ended before it listened: ${lines.join('\n')}`);
}
async function ended(child: ChildProcessWithoutNullStreams): Promise<{ code: number | null; text: string }> {
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, text };
}
async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return server;
}

describe('the server as a process', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'prints one address when all listens, and ends well on %s',
    async (signal) => {
      const child = start(['--port', '0', '--lab-ports', '0']);
      const { lines, url } = await listening(child);
      expect(lines.filter((line) => line.includes('http'))).toEqual([url]);
      expect((await fetch(new URL('/healthz', url))).status).toBe(200);
      const over = ended(child);
      const asked = performance.now();
      child.kill(signal);
      expect((await over).code).toBe(0);
      expect(performance.now() - asked).toBeLessThan(2_000);
    },
  );

  test('reads the environment too', async () => {
    const child = start([], { PORT: '0', LAB_PORTS: '0', MODE: 'open' });
    const { lines } = await listening(child);
    expect(lines.join('\n')).toContain('open');
  });

  test.each([
    [['--bogus'], '--bogus'],
    [['--port', '70000'], '--port'],
    [['--port', '0', '--lab-ports', '0', '--mode', 'allow-list'], '--allow'],
    [['8080'], '8080'],
  ])('%j is told as wrong, with exit code 2', async (args, named) => {
    const { code, text } = await ended(start(args));
    expect(code).toBe(2);
    expect(text).toContain(named);
    expect(text).toContain('--help');
    expect(text).not.toContain('    at ');
  });

  test('--help lists every option and starts nothing', async () => {
    const { code, text } = await ended(start(['--help']));
    expect(code).toBe(0);
    for (const option of ['--port', '--host', '--mode', '--allow', '--token', '--origin'])
      expect(text).toContain(option);
    expect(text).not.toContain('http');
  });

  test('a port that is asked for and in use is told in a line', async () => {
    const server = await occupy(0);
    const { port } = server.address() as { port: number };
    const { code, text } = await ended(start(['--port', String(port), '--lab-ports', '0']));
    expect(code).toBe(1);
    expect(text).toContain('EADDRINUSE');
    expect(text).toContain('--port');
    expect(text).not.toContain('    at ');
  });
});
