import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type Ran = { stdout: Buffer; stderr: string; code: number | null };
export type Running = { child: ChildProcess; done: Promise<Ran> };

/** Starts a program that is ended with the test. */
export function start(command: string, args: readonly string[]): Running {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const done = once(child, 'close').then(([code]) => ({
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr).toString(),
    code: code as number | null,
  }));
  return { child, done };
}

export type Language = { name: string; file: string; command: (file: string) => Promise<[string, ...string[]]> };

/** Saves a program under its usual name, makes it ready and starts it. */
export async function startSource(
  { file, command }: Language,
  source: string,
  args: readonly string[],
): Promise<Running> {
  const path = join(temporaryFolder(), file);
  writeFileSync(path, source);
  const [program, ...first] = await command(path);
  return start(program, [...first, ...args]);
}

export async function compileC(path: string): Promise<[string]> {
  const output = join(temporaryFolder(), 'conversation');
  const flags = ['-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Werror'];
  const { code, stderr } = await start('cc', [...flags, '-o', output, path]).done;
  if (code !== 0) throw new Error(stderr);
  return [output];
}

/** What one connection sent, complete when it has ended. */
export type Heard = { bytes: () => Buffer; ended: Promise<'FIN' | 'RST'> };
export type EchoServer = {
  port: number;
  stop: () => Promise<void>;
  path: string;
  connections: Heard[];
  next: () => Promise<Heard>;
};

/** Sends back what it gets and, half-closed, closes. On a port of loopback, or with `path` on a Unix socket. */
export function startEcho(path?: string): Promise<EchoServer> {
  return startServer((socket) => socket.pipe(socket), path);
}

export async function startServer(serve: (socket: Socket) => void, path?: string): Promise<EchoServer> {
  const connections: Heard[] = [];
  const waiting: ((heard: Heard) => void)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    const heard = listenTo(socket);
    serve(socket);
    connections.push(heard);
    waiting.shift()?.(heard);
  });
  if (path === undefined) server.listen(0, '127.0.0.1');
  else server.listen(path);
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const port = path === undefined ? (server.address() as AddressInfo).port : 0;
  const next = (): Promise<Heard> =>
    new Promise((resolve) => {
      const heard = connections.shift();
      if (heard) resolve(heard);
      else waiting.push(resolve);
    });
  const stop = async (): Promise<void> => {
    server.close();
    await once(server, 'close');
  };
  return { port, path: path ?? '', connections, next, stop };
}

function listenTo(socket: Socket): Heard {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise<'FIN' | 'RST'>((resolve) => {
    socket.on('end', () => resolve('FIN'));
    socket.on('error', () => resolve('RST'));
  });
  return { bytes: () => Buffer.concat(chunks), ended };
}

/** Sends each datagram back. */
export async function startDatagramEcho(): Promise<{
  port: number;
  datagrams: Buffer[];
  count: (n: number) => Promise<void>;
}> {
  const datagrams: Buffer[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, { port, address }) => {
    datagrams.push(message);
    socket.send(message, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  const count = async (n: number) => {
    while (datagrams.length < n) await once(socket, 'message');
  };
  return { port: socket.address().port, datagrams, count };
}
