import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Libc, libc } from './ffi/libc.ts';
import { Seqpacket, type SeqpacketListener, type SeqpacketSocket } from './seqpacket.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

function temporaryPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'seqpacket-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'socket');
}

function listen(seqpacket: Seqpacket, path = temporaryPath()): SeqpacketListener {
  const listener = seqpacket.listen(path, 5);
  onTestFinished(() => listener.close());
  return listener;
}

function pair(seqpacket: Seqpacket): [SeqpacketSocket, SeqpacketSocket] {
  const listener = listen(seqpacket);
  const client = seqpacket.connect(listener.endpoint.host);
  const server = listener.accept() as SeqpacketSocket;
  for (const socket of [client, server]) onTestFinished(() => socket.close());
  return [client, server];
}

describe.skipIf(!libc)('SOCK_SEQPACKET', () => {
  const create = () => new Seqpacket(libc as Libc);
  const text = (value: string) => Buffer.from(value);

  test('keeps the borders of messages, which a byte stream does not', () => {
    const [client, server] = pair(create());
    client.send(text('one'));
    client.send(text('two'));
    expect(String(server.receive(1_024)?.bytes)).toBe('one');
    expect(String(server.receive(1_024)?.bytes)).toBe('two');
    expect(server.receive(1_024)).toBeUndefined();
  });

  test('cuts off what is longer than the receiver asked for, and says how long it was', () => {
    const [client, server] = pair(create());
    client.send(text('hello python'));
    client.send(text('next'));
    expect(server.receive(5)).toEqual({ bytes: text('hello'), length: 12 });
    expect(String(server.receive(5)?.bytes)).toBe('next');
  });

  test('tells at once that a message has come, and that the peer has closed', () => {
    const [client, server] = pair(create());
    const heard: string[] = [];
    server.onReadable(() => {
      const message = server.receive(64);
      heard.push(message?.length === 0 ? 'closed' : String(message?.bytes));
    });
    client.send(text('hello'));
    expect(heard).toEqual(['hello']);
    client.close();
    expect(heard).toEqual(['hello', 'closed']);
  });

  test('refuses by name: a path that is not there, a full queue, a message too long, a peer that has gone', () => {
    const seqpacket = create();
    expect(() => seqpacket.connect(temporaryPath())).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    const [client, server] = pair(seqpacket);
    expect(() => client.send(Buffer.alloc(10_000_000))).toThrow(expect.objectContaining({ code: 'EMSGSIZE' }));
    const fill = () => {
      for (;;) client.send(Buffer.alloc(1_000));
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'EAGAIN' }));
    server.close();
    // It closed with messages unread: the first to hear of it is told so, whoever goes on has nobody to send to.
    expect(() => client.send(text('anybody?'))).toThrow(expect.objectContaining({ code: 'ECONNRESET' }));
    expect(() => client.send(text('anybody?'))).toThrow(expect.objectContaining({ code: 'EPIPE' }));
  });

  test.skipIf(!hasPython)('speaks with Python', async () => {
    const seqpacket = create();
    const listener = listen(seqpacket);
    const { promise, resolve } = Promise.withResolvers<SeqpacketSocket>();
    listener.onReadable(() => {
      const accepted = listener.accept();
      if (accepted) resolve(accepted);
    });
    const script = `
import socket, sys
client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
client.connect(sys.argv[1])
client.send(b'one'); client.send(b'two')
print(client.recv(1024), client.recv(1024))
`;
    const python = spawn('python3', ['-c', script, listener.endpoint.host]);
    onTestFinished(() => void python.kill());
    let output = '';
    python.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    const closed = once(python, 'close');
    const server = await promise;
    onTestFinished(() => server.close());
    server.onReadable(() => {
      const message = server.receive(1_024);
      if (message && message.length > 0) server.send(text(`heard ${message.bytes}`));
    });
    await closed;
    expect(output).toBe("b'heard one' b'heard two'\n");
  });
});
