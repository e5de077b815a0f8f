import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { vacantPort } from '../protocol/testing/vacant-port.ts';
// Loaded here, so that its time is not a test's.
import '../server/start-playground.ts';
import { startPlayground } from '../testing/kit/packaged-playground.ts';
import { listenTcp, type Script } from '../testing/kit/tcp/tcp-server.ts';
import { bindUdp } from '../testing/kit/udp-peer.ts';
import { parseRecording } from '../trace/export/recording-json.ts';
import { readPcapng } from '../trace/testing/pcapng-reader.ts';
import { connectCommand } from './connect.ts';
import { exportCommand } from './export.ts';
import { listenCommand } from './listen.ts';
import { nodeLack } from './node-floor.ts';
import { replayCommand } from './replay.ts';
import { statusOf } from './run-command.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

const COMMANDS = { connect: connectCommand, listen: listenCommand, replay: replayCommand, export: exportCommand };

type Outcome = { readonly code: number | null; readonly out: Buffer; readonly notes: string };

/** The command as a process, whose input stays open until `end`. */
function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const out: Buffer[] = [];
  let notes = '';
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
  const noted: (() => void)[] = [];
  child.stderr.on('data', (text: Buffer) => {
    notes += text;
    for (const look of noted) look();
  });
  const over = new Promise<Outcome>((resolve) => {
    child.on('close', (code) => resolve({ code, out: Buffer.concat(out), notes }));
  });
  const note = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = pattern.exec(notes);
        if (found) resolve(found);
      };
      noted.push(look);
      look();
    });
  return { child, over, note };
}
function collect(): { readonly stream: Writable; readonly bytes: () => Buffer } {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write: (part: Buffer, _encoding, done) => {
      parts.push(part);
      done();
    },
  });
  return { stream, bytes: () => Buffer.concat(parts) };
}
/** The command within this process: what it prints, and its exit code. */
async function run(
  input: string | Buffer | Readable,
  command: keyof typeof COMMANDS,
  ...args: readonly string[]
): Promise<Outcome> {
  const [output, notes] = [collect(), collect()];
  const stream = input instanceof Readable ? input : Readable.from([Buffer.from(input)]);
  const streams = { input: stream, output: output.stream, notes: notes.stream };
  const code = await statusOf(() => COMMANDS[command](args, streams), notes.stream);
  return { code, out: output.bytes(), notes: notes.bytes().toString() };
}
async function serve(script: Script) {
  const server = await listenTcp(script, { halfOpen: true, timeout: 20_000 });
  onTestFinished(() => server.close());
  return server;
}
const echo: Script = async (peer) => {
  peer.send(await peer.readToEnd());
  peer.end();
};
function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
async function listening(...args: readonly string[]) {
  const listener = start('listen', ...args);
  const [, port = ''] = await listener.note(/^listening on .*:(\d+)\n/);
  return { ...listener, port };
}

test('the end of the input is a FIN, and what comes is read on: LF as CRLF, bytes alone on standard output', async () => {
  const server = await serve(echo);
  expect(await run('a\nb\r\n', 'connect', '-C', '127.0.0.1', String(server.port))).toEqual({
    code: 0,
    out: Buffer.from('a\r\nb\r\n'),
    notes: '',
  });
});

test('a port where nobody listens: the code, and its sentence', async () => {
  const { code, out, notes } = await run('', 'connect', '127.0.0.1', String(await vacantPort()));
  expect([code, out.length]).toEqual([1, 0]);
  expect(notes).toMatch(/^ECONNREFUSED: [A-Z][^\n]+\.\n$/);
});

test('1 MiB of random bytes is equal both ways', async () => {
  const [up, down] = [randomBytes(1_048_576), randomBytes(1_048_576)];
  const listener = await listening();
  listener.child.stdin.end(down);
  const client = await run(up, 'connect', '127.0.0.1', listener.port);
  const server = await listener.over;
  expect([client.code, server.code]).toEqual([0, 0]);
  expect([client.out.equals(down), server.out.equals(up)]).toEqual([true, true]);
});

test.each([
  [['connect', '127.0.0.1'], 'connect needs HOST and PORT'],
  [['connect', '127.0.0.1', '70000'], 'PORT cannot be "70000": expected a number from 0 to 65535'],
  [['connect', '-4', '-6', 'a', '1'], '-4 and -6 exclude each other'],
  [['connect', '--idle-timeout', 'soon', 'a', '1'], '--idle-timeout cannot be "soon"'],
  [['connect', '--trouble', 'slice', 'a', '1'], '(slice needs a number)'],
  [['connect', '--record', 'x.txt', 'a', '1'], '--record cannot be "x.txt"'],
  [['connect', '-e', 'sh', 'a', '1'], "Unknown option '-e'"],
  [['connect', '--gateway', 'nowhere', 'a', '1'], '--gateway cannot be "nowhere"'],
  [['connect', '-u', '--gateway', 'http://a', 'a', '1'], '--gateway is for TCP'],
  [['listen', '-k', '-u'], '--keep-open is not for UDP'],
  [['export', 'nothing.json', '-o', 'x.txt'], 'nothing.json: it cannot be read: ENOENT'],
  [['replay', MAIN, '127.0.0.1', '9'], 'the file is not JSON'],
])('wrong usage is told in one sentence: %j', async ([command, ...args], sentence) => {
  await expect(COMMANDS[command as keyof typeof COMMANDS](args)).rejects.toThrow(sentence);
});

test('wrong usage is one line and 2; help is 0, with examples', async () => {
  const usage = start('connect', '127.0.0.1');
  expect(await usage.over).toMatchObject({
    code: 2,
    notes: 'connect needs HOST and PORT. --help lists the options.\n',
  });
  for (const command of Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]) {
    const { code, out } = await run('', command, '--help');
    expect([code, out.toString()]).toEqual([0, expect.stringMatching(/^Usage: socket-playground .*Examples:/s)]);
  }
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect((await start('--version').over).out.toString()).toBe(`${version}\n`);
});

test('hex in and out', async () => {
  const server = await serve(echo);
  const { out } = await run('48 65\n0x6c,6c\n6f', 'connect', '--hex', '127.0.0.1', String(server.port));
  expect(out.toString()).toBe('48 65 6c 6c 6f\n');
});

test('a recording can be exported and replayed; another answer is 1', async () => {
  const file = join(temporary(), 'session.json');
  const server = await serve(echo);
  const to = ['127.0.0.1', String(server.port)];
  await run('PING', 'connect', '--record', file, '--read-size', '3', ...to);
  const [socket] = parseRecording(readFileSync(file, 'utf8')).sockets;
  expect(socket?.events.filter(({ call }) => call === 'recv').map(({ count }) => count)).toEqual([3, 1, 0]);
  for (const form of ['pcapng', 'txt', 'py', 'mjs', 'c', 'sh']) {
    expect(await exportCommand([file, '-o', `${file}.${form}`])).toBe(0);
  }
  const { packets } = readPcapng(readFileSync(`${file}.pcapng`));
  expect(packets.map(({ payload }) => Buffer.from(payload).toString()).join('')).toBe('PINGPING');
  expect(readFileSync(`${file}.py`, 'utf8')).toContain("b'PING'");

  expect(await run('', 'replay', file, ...to)).toMatchObject({ code: 0, notes: '' });
  const other = await serve(async (peer) => {
    peer.send('PONG');
    await peer.readToEnd();
    peer.end();
  });
  const differs = await run('', 'replay', file, '127.0.0.1', String(other.port));
  expect(differs.code).toBe(1);
  expect(differs.notes).toContain('first difference at byte 1');
});

test('datagrams, each way; the first sender is the peer', async () => {
  const listener = await listening('-u');
  await using udp = await bindUdp({ timeout: 20_000 });
  udp.sendTo(Number(listener.port), 'ping');
  listener.child.stdin.write('pong');
  await udp.expectDatagram('pong');
  listener.child.kill('SIGINT');
  expect(await listener.over).toMatchObject({ code: 130, out: Buffer.from('ping') });

  const input = new PassThrough();
  input.write('hello');
  const client = run(input, 'connect', '-u', '-i', '500ms', '127.0.0.1', String(udp.port));
  await udp.expectDatagram('hello');
  udp.reply('you');
  // UDP has no end: the idle time ends it.
  expect(await client).toMatchObject({ code: 1, out: Buffer.from('you') });
});

test('Ctrl+C ends it with its files written', async () => {
  const folder = temporary();
  const [record, dump, raw] = ['r.pcapng', 'd.txt', 'raw'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const server = await listenTcp(undefined, { timeout: 20_000 });
  onTestFinished(() => server.close());
  const files = ['--record', record, '-x', dump, '-o', raw];
  const client = start('connect', '-v', '--times', ...files, '127.0.0.1', String(server.port));
  const peer = await server.accept();
  client.child.stdin.write('up');
  await peer.expectBytes('up');
  peer.send('down');
  await client.note(/< 4 bytes/);
  client.child.kill('SIGINT');
  const { code, out, notes } = await client.over;
  expect([code, out.toString()]).toEqual([130, 'down']);
  expect(notes).toMatch(/^connected: 127\.0\.0\.1:\d+\n\d\d:\d\d:\d\d\.\d{3} > 2 bytes\n/);
  expect(
    readPcapng(readFileSync(record)).packets.some(({ payload }) => Buffer.from(payload).toString() === 'down'),
  ).toBe(true);
  expect(readFileSync(dump, 'utf8')).toMatch(/^> 00000000 {2}75 70 .*\|up\|\n< 00000000 {2}64 6f 77 6e .*\|down\|\n$/);
  expect(readFileSync(raw, 'utf8')).toBe('updown');
});

test('what does not move for the idle time, and what is reset, is 1', async () => {
  const server = await serve(async (peer) => {
    if ((await peer.read(1))[0] === 0x72) peer.reset();
    else await peer.expectEnd('reset', { timeout: 20_000 }).catch(() => undefined);
  });
  const to = ['127.0.0.1', String(server.port)];
  const [idle, reset] = ['i', 'r'].map((letter) => {
    const input = new PassThrough();
    input.write(letter);
    return input;
  }) as [PassThrough, PassThrough];
  expect(await run(idle, 'connect', '-i', '50ms', ...to)).toMatchObject({
    code: 1,
    notes: expect.stringContaining('ETIMEDOUT: '),
  });
  expect(await run(reset, 'connect', ...to)).toMatchObject({ code: 1, notes: expect.stringContaining('ECONNRESET: ') });
});

test('the same through a gateway, which asks for its token', async () => {
  const playground = await startPlayground({ token: 'right' });
  onTestFinished(() => playground.close());
  const { host, port } = playground.lab('Raw echo');
  const through = ['--gateway', playground.url, host, String(port)];
  expect(await run('hello', 'connect', '--token', 'right', ...through)).toEqual({
    code: 0,
    out: Buffer.from('hello'),
    notes: '',
  });
  const refused = await run('hello', 'connect', '--token', 'wrong', ...through);
  expect([refused.code, refused.notes]).toEqual([1, expect.stringMatching(/^TOKEN_INVALID: [A-Z]/)]);
});

test('what is still to be sent when the other end has sent its FIN is sent', async () => {
  const server = await serve(async (peer) => {
    peer.send('bye');
    peer.end();
    await peer.readToEnd({ timeout: 20_000 });
  });
  const [input, output, notes] = [new PassThrough(), collect(), new PassThrough()];
  const streams = { input, output: output.stream, notes };
  const client = connectCommand(['-v', '127.0.0.1', String(server.port)], streams);
  let text = '';
  for await (const note of notes) {
    text += note;
    if (text.includes('the other end sent FIN')) break;
  }
  input.end('the rest');
  expect([await client, output.bytes().toString()]).toEqual([0, 'bye']);
  await server.done();
  expect(Buffer.from(server.peers[0]?.received ?? []).toString()).toBe('the rest');
});

test('trouble on the way out: no more than its limit leaves', async () => {
  const server = await serve(async (peer) => {
    peer.send(`got ${Buffer.from(await peer.readToEnd())}`);
    peer.end();
  });
  const { code } = await run('abcdef', 'connect', '--trouble', 'slice 2, limit 4', '127.0.0.1', String(server.port));
  expect(code).toBe(0);
  expect(Buffer.from(server.peers[0]?.received ?? []).toString()).toBe('abcd');
});

test('one peer after another; the input is the first one’s', async () => {
  const listener = await listening('-k');
  listener.child.stdin.end('for one');
  expect((await run('1', 'connect', '127.0.0.1', listener.port)).out.toString()).toBe('for one');
  expect((await run('2', 'connect', '127.0.0.1', listener.port)).out.toString()).toBe('');
  listener.child.kill('SIGINT');
  const { code, out } = await listener.over;
  expect([code, out.toString()]).toEqual([130, '12']);
});

test('--send-only shows nothing, --recv-only sends nothing', async () => {
  const greeter = await serve(async (peer) => {
    peer.send('hello');
    await peer.readToEnd();
    peer.end();
  });
  expect((await run('x', 'connect', '--send-only', '127.0.0.1', String(greeter.port))).out).toHaveLength(0);
  const closing = await serve((peer) => {
    peer.send('hello');
    peer.end();
  });
  const { out } = await run('x', 'connect', '--recv-only', '127.0.0.1', String(closing.port));
  expect(out.toString()).toBe('hello');
  expect(closing.peers[0]?.received).toHaveLength(0);
});

test('a Node that is too old for the server is told in one line, with a way out', () => {
  for (const version of ['18.20.0', '20.19.0', '24.19.9', '26.6.0', '25.9.0']) {
    expect(nodeLack(version)).toMatch(
      /^Socket Playground needs Node 24\.20 or newer \(of Node 26: 26\.7\); this is .*npx -p node@24/,
    );
  }
  for (const version of ['24.20.0', '26.7.1', '27.0.0']) expect(nodeLack(version)).toBeUndefined();
});
