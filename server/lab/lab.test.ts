import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import * as net from 'node:net';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AcceptQueues } from '../net/accept-queue.ts';
import { createAcceptQueues } from '../net/create-accept-queues.ts';
import { SystemError } from '../net/ffi/system-error.ts';
import { createMonotonicClock } from '../shared/clock.ts';
import { Tap } from '../tap/tap.ts';
import { startLab } from './lab.ts';
import { soon, startTestLab } from './testing/test-lab.ts';

const hasPython = await new Promise<boolean>((resolve) => {
  spawn('python3', ['--version'])
    .on('error', () => resolve(false))
    .on('exit', (status) => resolve(status === 0));
});

/** The tutorial's client, its address as arguments. */
const TUTORIAL_CLIENT = `
import socket, sys
client = socket.socket()
client.connect((sys.argv[1], int(sys.argv[2])))
while True:
    data = input('>>> ')
    if not data:
        break
    client.send(bytes(data, encoding='utf-8'))
    recv_data = client.recv(1024)
    if not recv_data:
        break
    print(recv_data.decode())
client.close()
`;

async function runTutorialClient({ host, port }: { host: string; port: number }, lines: readonly string[]) {
  const python = spawn('python3', ['-c', TUTORIAL_CLIENT, host, String(port)]);
  onTestFinished(() => void python.kill());
  python.stdin.end(lines.map((line) => `${line}\n`).join(''));
  let output = '';
  python.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [status] = await once(python, 'close');
  expect(status).toBe(0);
  return output;
}

const CTIME = '(Sun|Mon|Tue|Wed|Thu|Fri|Sat) [A-Z][a-z]{2} [ 1-3][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{4}';

test.skipIf(!hasPython)("the tutorial's client, run by CPython, prints what the tutorial shows", async () => {
  const { server } = await startTestLab();
  const output = await runTutorialClient(server('Timestamp echo'), ['hello python', 'it\'s "me"', '你好', '']);
  expect(output).toMatch(
    new RegExp(
      `^>>> \\[${CTIME}\\] b'hello python'\n>>> \\[${CTIME}\\] b'it\\\\'s "me"'\n` +
        `>>> \\[${CTIME}\\] b'\\\\xe4\\\\xbd\\\\xa0\\\\xe5\\\\xa5\\\\xbd'\n>>> $`,
    ),
  );
});

test.skipIf(!hasPython)('and the same from the threaded server, without brackets', async () => {
  const { server } = await startTestLab();
  const output = await runTutorialClient(server('Threaded echo'), ['hello python', '']);
  expect(output).toMatch(new RegExp(`^>>> ${CTIME} b'hello python'\n>>> $`));
});

test('starts every server of the table, on loopback', async () => {
  const { lab } = await startTestLab();
  expect(lab.servers.map(({ name, protocol, backlog }) => [name, protocol, backlog])).toEqual([
    ['Timestamp echo', 'tcp', 5],
    ['Threaded echo', 'tcp', 5],
    ['Raw echo', 'tcp', 128],
    ['Datagram echo', 'udp', undefined],
    ['Trouble', 'tcp', 128],
    ['Discard', 'tcp', 128],
    ['Daytime', 'tcp', 128],
    ['Character generator', 'tcp', 128],
  ]);
  for (const { host, port, preferredPort } of lab.servers) {
    expect(host).toBe('127.0.0.1');
    expect(port).toBeGreaterThan(0);
    expect(preferredPort).toBe(port);
  }
  expect(lab.stats().map(({ name }) => name)).toEqual(lab.servers.map(({ name }) => name));
});

/** Queues for which these ports of IPv4 belong to somebody else, wherever the machine's own stand. */
function queuesWithout(taken: readonly number[]): AcceptQueues {
  const queues = createAcceptQueues();
  return {
    ...queues,
    bind: async (at, options) => {
      if (taken.includes(at.port)) throw new SystemError('bind', 'EADDRINUSE', at.host);
      return queues.bind({ ...at, port: 0 }, options);
    },
  };
}

test('a port in use is replaced by a free one, and both are told', async () => {
  const queues = queuesWithout([8009]);
  const lab = await startLab({ tap: new Tap(), queues, clock: createMonotonicClock() });
  onTestFinished(() => lab.close());
  const timestamp = lab.servers.find(({ name }) => name === 'Timestamp echo');
  expect(timestamp?.preferredPort).toBe(8009);
  expect(timestamp?.port).not.toBe(8009);
  expect(timestamp?.port).toBeGreaterThan(0);
});

test('close ends every connection, frees every port and removes the Unix sockets', async () => {
  const { lab, connect, server } = await startTestLab();
  const path = server('Raw echo').path as string;
  expect(existsSync(path)).toBe(true);
  const client = await connect('Raw echo');
  client.socket.write('hello');
  await client.until(({ text }) => expect(text).toBe('hello'));
  await lab.close();
  await client.until(({ hasEnded, error }) => expect(hasEnded || error === 'ECONNRESET').toBe(true));
  expect(existsSync(dirname(path))).toBe(false);
  for (const { port, protocol } of lab.servers) {
    if (protocol === 'udp') continue;
    const refused = net.connect({ host: '127.0.0.1', port });
    expect((await once(refused, 'error'))[0]).toMatchObject({ code: 'ECONNREFUSED' });
  }
});

test('what is left of a closed connection is not taken for a new one between the same ports', async () => {
  const { connect, tap, server } = await startTestLab();
  const { host, port } = server('Threaded echo');
  const stranger = await connect('Threaded echo', { isStranger: true });
  stranger.socket.write('unobserved');
  await stranger.until(({ text }) => expect(text).toContain("b'unobserved'"));
  const local = { host: '127.0.0.1', port: stranger.port };
  stranger.socket.end();
  await stranger.until(({ hasEnded }) => expect(hasEnded).toBe(true));
  await soon(() => expect(tap.connection('tcp', local, { host, port }).isClosed).toBe(true));
  expect(tap.accepted('tcp', local, { host, port }).isClosed).toBe(false);
});
