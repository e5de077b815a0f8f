import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PseudoTerminal } from '../testing/pseudo-terminal.ts';

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
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
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

  test('prints the link for teaching with an address that others reach, where there is one', async () => {
    const child = start(['--port', '0', '--lab-ports', '0', '--host', '0.0.0.0', '--host-name', 'class.example']);
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('Teach: ')) continue;
      expect(line).toMatch(/^Teach: http:\/\/class\.example:\d+\/teach#key=[0-9a-f]{32}$/);
      return;
    }
    throw new Error('no such link');
  });

  test('reads the environment too', async () => {
    const child = start([], { PLAYGROUND_PORT: '0', PLAYGROUND_LAB_PORTS: '0', PLAYGROUND_MODE: 'open' });
    const { lines } = await listening(child);
    expect(lines.join('\n')).toContain('open');
  });

  test.each<[string[], NodeJS.ProcessEnv, string]>([
    [['--bogus'], {}, '--bogus'],
    [['--proxy', '0.0.0.0/0'], {}, '--proxy'],
    [[], { PLAYGROUND_TOKEN: '' }, 'PLAYGROUND_TOKEN'],
    // TEST-NET-1 (RFC 5737) is nobody's.
    [['--host', '192.0.2.1', '--port', '0', '--lab-ports', '0'], {}, '--host'],
    [['--port', '0', '--lab-ports', '0'], { TMPDIR: '/proc/nowhere', TEMP: '/proc/nowhere' }, 'TMPDIR'],
  ])('%j with %j is told as wrong in a sentence, with exit code 2', async (args, env, named) => {
    const { code, text } = await ended(start(args, env));
    expect(text).toContain(named);
    expect(text).not.toContain('    at ');
    expect(code).toBe(2);
  });

  test('beyond loopback it prints what to hand out, and warns as long as there is no token', async () => {
    const args = ['--host', '0.0.0.0', '--host-name', 'teacher.test', '--port', '0', '--lab-ports', '0'];
    const read = async (more: string[], env?: NodeJS.ProcessEnv): Promise<string> => {
      const child = start([...args, ...more], env);
      let text = '';
      for await (const line of createInterface({ input: child.stdout })) {
        text += `${line}\n`;
        if (line.startsWith('  http://teacher.test:')) break;
      }
      return text;
    };
    expect(await read([])).toContain('Warning: no token is set. ');
    expect(await read([], { TOKEN: 'blue whale' })).toContain('PLAYGROUND_TOKEN is what is read');
    const closed = await read(['--token', 'blue whale']);
    expect(closed).not.toContain('Warning');
    expect(closed).not.toContain('whale');
    expect(closed).toContain('#token=');
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

describe('output that nobody takes stops no server', () => {
  const Args = ['--port', '0', '--lab-ports', '0', '--log-level', 'info'];
  const UrlPrinted = /^http:\S+\/\r?$/m;

  /** Has the server print: the timestamp echo names whoever connects, and answers. */
  async function greet(port: number): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    socket.write('hello');
    const [answer] = await once(socket, 'data');
    socket.destroy();
    return String(answer);
  }
  async function expectAnswers(url: string, echoPort: number): Promise<void> {
    for (let time = 0; time < 3; time += 1) {
      expect(await greet(echoPort)).toContain("b'hello'");
      expect((await fetch(new URL('/healthz', url))).status).toBe(200);
    }
  }
  function echoPortOf(text: string): number {
    return Number(/^Timestamp.* port (\d+)/m.exec(text)?.[1]);
  }

  test('a pipe whose reader is gone, as after `| head`', async () => {
    const child = start(Args);
    const { lines, url } = await listening(child);
    child.stdout.destroy();
    child.stderr.destroy();
    await expectAnswers(url, echoPortOf(lines.join('\n')));
  });

  test.runIf(process.platform === 'linux')('a full disk', async () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    // Nothing is printed that could tell which port it takes.
    const reserved = await occupy(0);
    const { port } = reserved.address() as AddressInfo;
    reserved.close();
    await once(reserved, 'close');
    const args = [MAIN, '--port', String(port), '--lab-ports', '0', '--log-level', 'info'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', full, full] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const url = `http://127.0.0.1:${port}/`;
    let answer: Response | undefined;
    while (!answer && child.exitCode === null) answer = await fetch(new URL('/healthz', url)).catch(() => undefined);
    expect(answer?.status).toBe(200);
    expect(child.exitCode).toBe(null);
  });

  test.runIf(process.platform === 'linux')(
    'a terminal that is stopped with Ctrl-S; it ends when asked to',
    async () => {
      const terminal = new PseudoTerminal();
      onTestFinished(() => terminal.close());
      const { fd } = terminal;
      const child = spawn(process.execPath, [MAIN, ...Args], { stdio: [fd, fd, fd] });
      onTestFinished(() => void child.kill('SIGKILL'));
      const deadline = AbortSignal.timeout(15_000);
      let text = '';
      while (!UrlPrinted.test(text)) {
        deadline.throwIfAborted();
        text += terminal.read();
        await new Promise(setImmediate);
      }
      terminal.stop();
      await expectAnswers((UrlPrinted.exec(text)?.[0] ?? '').trim(), echoPortOf(text));
      const over = once(child, 'exit');
      child.kill('SIGTERM');
      expect((await over)[0]).toBe(0);
    },
  );
});
