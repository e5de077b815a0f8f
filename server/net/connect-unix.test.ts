import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectUnix } from './connect-unix.ts';
import { createAcceptQueues } from './create-accept-queues.ts';
import { libc } from './ffi/libc.ts';

function temporaryPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'connect-unix-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'socket');
}

test.skipIf(!libc)('the server is told from which name each client has connected', async () => {
  const queue = await createAcceptQueues().listen({ host: temporaryPath(), port: 0 }, 5);
  onTestFinished(() => queue.close());
  const clients = [1, 2].map(() => connectUnix(queue.endpoint.host));
  for (const { socket } of clients) onTestFinished(() => void socket.destroy());
  await vi.waitFor(() => expect(queue.pending().waiting).toBe(2), { interval: 2, timeout: 4_000 });
  for (const { local, socket } of clients) {
    const accepted = queue.accept();
    expect(accepted?.remote).toEqual(local);
    accepted?.socket.end('hello');
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    socket.end();
  }
});

test('reads into the buffer that it is given', async () => {
  const queue = await createAcceptQueues().listen({ host: temporaryPath(), port: 0 }, 5);
  onTestFinished(() => queue.close());
  const buffer = Buffer.alloc(4);
  const reads: string[] = [];
  const callback = (count: number) => reads.push(buffer.toString('latin1', 0, count)) > 0;
  const { socket } = connectUnix(queue.endpoint.host, { buffer, callback });
  onTestFinished(() => void socket.destroy());
  await vi.waitFor(() => expect(queue.pending().waiting).toBe(1), { interval: 2, timeout: 4_000 });
  queue.accept()?.socket.end('hello python');
  await once(socket, 'end');
  expect(reads).toEqual(['hell', 'o py', 'thon']);
});

test('nobody at the path is ENOENT', async () => {
  const { socket } = connectUnix(temporaryPath());
  expect((await once(socket, 'error'))[0]).toMatchObject({ code: 'ENOENT' });
});
