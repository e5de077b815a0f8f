import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { failureOf } from '../../../protocol/testing/failures.ts';
import { vacantPort } from '../../../protocol/testing/vacant-port.ts';
import { GENERATORS, NETCAT } from '../../testing/generators.ts';
import { startDatagramEcho, startEcho, startServer, startSource, temporaryFolder } from '../../testing/programs.ts';
import type { Conversation, Step } from '../conversation.ts';
import { netcatProgram } from './netcat.ts';

const send = (bytes: string | Uint8Array): Step => ({ kind: 'send', at: 0, bytes: Buffer.from(bytes as string) });
const receive = (count: number): Step => ({ kind: 'receive', at: 0, count });
const then = (kind: 'receive-end' | 'half-close' | 'close' | 'reset'): Step => ({ kind, at: 0 });
const tcp = (steps: Step[], port: number): Conversation => ({
  transport: 'tcp',
  role: 'connect',
  endpoint: { host: '127.0.0.1', port },
  steps,
});

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const NASTY = [
  "'; import os; os.system('touch owned') #",
  '"); system("touch owned"); /* */ // ??/',
  '$(touch owned) `touch owned` $HOME !! \\',
  '\'\'\'\n"""\r\nHEX\nexec 3>&-\n%n%s\0after',
  '0123456789abcdef\x01' + '7',
].map((text) => Buffer.from(text));

test.skipIf(!NETCAT.isHere)('nc listens where the recording was accepted', async () => {
  const port = await vacantPort();
  const steps = [send('hello'), receive(5), then('receive-end'), then('close')];
  const { child, done } = await startSource(NETCAT, netcatProgram({ ...tcp(steps, port), role: 'accept' }), []);
  const socket = await connectWhenListening(port, child);
  onTestFinished(() => void socket.destroy());
  const [greeting] = await once(socket, 'data');
  expect(String(greeting)).toBe('hello');
  // Not sooner: `nc -l` ends with its peer's stream, whatever it has yet to read of its own input.
  socket.end('reply');
  const { code, stdout, stderr } = await done;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.toString()).toContain('reply');
});

async function connectWhenListening(port: number, program: ChildProcess): Promise<Socket> {
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1' });
    const isConnected = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    if (isConnected) return socket;
    if (program.exitCode !== null) throw new Error(`the program ended with ${program.exitCode} before it listened`);
  }
}

test.each(GENERATORS)('$name says what the recording has no calls of any more', ({ write }) => {
  const steps = [send('the first'), send('hello'), receive(5)];
  const program = write({ ...tcp(steps, 9), missing: { sent: 9, received: 70 } });
  expect(program).toContain('The recording is not whole: its first calls are no longer kept.');
  expect(program).toContain('The 9 bytes that they sent are one send here.');
  expect(program).toContain('The 70 bytes that they received are not waited for.');
  expect(write(tcp(steps, 9))).not.toContain('not whole');
});

test('nc refuses the datagrams that it cannot send', () => {
  const udp = (size: number): Conversation => ({ ...tcp([send(new Uint8Array(size))], 9), transport: 'udp' });
  for (const size of [0, 16_385]) {
    expect(failureOf(() => netcatProgram(udp(size)))).toMatchObject({ code: 'UNSUPPORTED' });
  }
});

describe.each(GENERATORS)('$name', (generator) => {
  const { isHere, write } = generator;
  /** Runs the program of a conversation, as it stands, against what it was recorded with. */
  async function run(conversation: Conversation, ...args: string[]) {
    const { done } = await startSource(generator, write(conversation), args);
    const ran = await done;
    expect(ran.stderr).toBe('');
    expect(ran.code).toBe(0);
    return ran;
  }

  test.skipIf(!isHere)('sends the same bytes, waits for each reply, half-closes and reads to the end', async () => {
    const echo = await startEcho();
    const chunks = [Buffer.from(EVERY_BYTE), ...NASTY, Buffer.from('last')];
    const steps = chunks.flatMap((chunk) => [send(chunk), receive(chunk.length)]);
    await run(
      tcp([...steps, send('tail'), then('half-close'), receive(4), then('receive-end'), then('close')], echo.port),
    );
    const heard = await echo.next();
    expect(await heard.ended).toBe('FIN');
    expect(heard.bytes()).toEqual(Buffer.concat([...chunks, Buffer.from('tail')]));
  });

  test.skipIf(!isHere)('goes where it is told to, and closes what was left open', async () => {
    const echo = await startEcho();
    const { stdout } = await run(tcp([send('hello '), send('python'), receive(12)], 9), '127.0.0.1', String(echo.port));
    expect(stdout.toString()).toContain('hello python');
    const heard = await echo.next();
    expect(await heard.ended).toBe('FIN');
    expect(heard.bytes().toString()).toBe('hello python');
  });

  // A Unix socket holds 208 KiB a direction, and Node's echo stops reading when nobody takes its answers.
  test.skipIf(!isHere || process.platform === 'win32')('reads while it sends what neither end can hold', async () => {
    const echo = await startEcho(join(temporaryFolder(), 'echo.sock'));
    const chunk = Uint8Array.from({ length: 16_384 }, (_, index) => (index * 31) >> 2);
    const count = 40;
    const steps = [...Array.from({ length: count }, () => send(chunk)), receive(count * chunk.length), then('close')];
    await run({ transport: 'unix', role: 'connect', endpoint: { host: echo.path, port: 0 }, steps });
    const heard = await echo.next();
    await heard.ended;
    expect(heard.bytes().equals(Buffer.concat(Array.from({ length: count }, () => chunk)))).toBe(true);
  });

  test.skipIf(!isHere)('goes on when the peer has closed its half first', async () => {
    const server = await startServer((socket) => socket.end('bye'));
    await run(tcp([receive(3), then('receive-end'), send('good'), send('bye'), then('close')], server.port));
    const heard = await server.next();
    expect(await heard.ended).toBe('FIN');
    expect(heard.bytes().toString()).toBe('goodbye');
  });

  test.skipIf(!isHere)('says so when nobody listens', async () => {
    const echo = await startEcho();
    const { done } = await startSource(generator, write(tcp([send('x'), receive(1)], echo.port)), ['127.0.0.1', '1']);
    const { code, stderr } = await done;
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/refused|nobody|nc has ended|arrived/i);
  });

  test.skipIf(!isHere)('keeps the borders of datagrams', async () => {
    const echo = await startDatagramEcho();
    const chunks = [Buffer.from('one'), Buffer.from(EVERY_BYTE), Buffer.alloc(16_384, 'x')];
    const steps = chunks.flatMap((chunk) => [send(chunk), receive(chunk.length)]);
    await run({
      transport: 'udp',
      role: 'connect',
      endpoint: { host: '127.0.0.1', port: echo.port },
      steps: [...steps, send('alone')],
    });
    await echo.count(chunks.length + 1);
    expect(echo.datagrams).toEqual([...chunks, Buffer.from('alone')]);
  });

  test.skipIf(!isHere || process.platform === 'win32')('speaks over a Unix socket', async () => {
    const echo = await startEcho(join(temporaryFolder(), "it's $(echo) here.sock"));
    await run({
      transport: 'unix',
      role: 'connect',
      endpoint: { host: echo.path, port: 0 },
      steps: [send('hi'), receive(2), then('close')],
    });
    const heard = await echo.next();
    await heard.ended;
    expect(heard.bytes().toString()).toBe('hi');
  });

  test.skipIf(!isHere || generator === NETCAT)('sends a reset', async () => {
    const echo = await startEcho();
    await run(tcp([send('hi'), receive(2), then('reset')], echo.port));
    const heard = await echo.next();
    expect(await heard.ended).toBe('RST');
  });

  test.skipIf(!isHere || generator === NETCAT)('listens where the recording was accepted', async () => {
    const conversation: Conversation = {
      ...tcp([send('hello'), receive(5), then('receive-end'), then('close')], 0),
      role: 'accept',
    };
    const { child, done } = await startSource(generator, write(conversation), []);
    const port = await new Promise<number>((resolve) => {
      let text = '';
      child.stdout?.on('data', (chunk) => {
        text += chunk;
        const found = /listening on\b.*?(\d{4,5})\D/s.exec(text);
        if (found) resolve(Number(found[1]));
      });
    });
    const socket = connect({ port, host: '127.0.0.1' });
    onTestFinished(() => void socket.destroy());
    socket.end('reply');
    const [greeting] = await once(socket, 'data');
    expect(String(greeting)).toBe('hello');
    expect(await done).toMatchObject({ code: 0, stderr: '' });
  });
});
