import { once } from 'node:events';
import { createServer, type Server, Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { PolicyMode } from '../../../protocol/messages/session.ts';
import { vacantPort } from '../../../protocol/testing/vacant-port.ts';
import { noDns } from '../../../testing/kit/packaged-playground.ts';
import { createAcceptQueues } from '../../net/create-accept-queues.ts';
import { Destinations } from './destinations.ts';
import { Dialler, type Route } from './dial.ts';
import { Names } from './names.ts';
import { Policy } from './policy.ts';

function policyOf(mode: PolicyMode, isOurs: boolean): Policy {
  return new Policy({
    mode,
    allow: [],
    isOurs: () => isOurs,
    isKept: () => false,
    isOwnAddress: () => false,
    ownPort: () => undefined,
  });
}

const names = new Names<Destinations>(noDns, 1_000, () => true);
const asker = new Destinations(() => 0, 1_000);
const dialler = new Dialler({ connectTimeout: 1_000, policy: policyOf('class', false), names });

/** A port where nobody listens, and how it came to be known as such. */
async function findVacant(): Promise<{ route: Route; port: number }> {
  const port = await vacantPort();
  const [route] = await dialler.resolve(asker, { transport: 'tcp', host: '127.0.0.1', port });
  return { route, port };
}
function dial(route: Route): Socket {
  return dialler.connect(route, {}, { buffer: Buffer.alloc(1), callback: () => true });
}
/** A program of this machine, with what it was sent. */
function startService(port: number): { server: Server; seen: Promise<string> } {
  const { promise: seen, resolve } = Promise.withResolvers<string>();
  const server = createServer((socket) => {
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
  server.listen({ port, exclusive: true }); // on all addresses, and at once
  onTestFinished(() => void server.close());
  return { server, seen };
}

test.runIf(process.platform === 'linux')(
  'where nobody listens the kernel refuses, and the port is free again',
  async () => {
    const { route, port } = await findVacant();
    expect(route.isVacant).toBe(true);
    const socket = dial(route);
    const [error] = await once(socket, 'error');
    expect(error.code).toBe('ECONNREFUSED');
    if (!socket.closed) await once(socket, 'close');
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
  },
);

test.runIf(process.platform === 'linux')('a port held for a socket that cannot be had is free again', async () => {
  const { route, port } = await findVacant();
  expect(() => dialler.connect(route, { localHost: 'localhost' })).toThrow(
    expect.objectContaining({ code: 'HOST_INVALID' }),
  );
  // With SO_REUSEADDR it could be had although somebody is bound to it.
  const bound = await createAcceptQueues().bind({ host: '127.0.0.1', port }, { reuseAddress: false });
  await bound.close();
});

test.runIf(process.platform === 'linux')('who began to listen since it was looked at is not dialled', async () => {
  const { route, port } = await findVacant();
  const { server } = startService(port);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await once(server, 'listening');
  expect(() => dial(route)).toThrow(expect.objectContaining({ code: 'TARGET_FORBIDDEN' }));
  expect(connections).toBe(0);
});

test.runIf(process.platform === 'linux')(
  'a listener that begins in that very moment gets no byte, and none of its bytes arrive',
  async () => {
    const { route, port } = await findVacant();
    const socket = dial(route); // its SYN leaves when this turn is over
    socket.write('not for you');
    const { seen } = startService(port);
    const [error] = await once(socket, 'error');
    expect(error.code).toBe('TARGET_FORBIDDEN');
    expect(await seen).toBe('');
  },
);

test('a bound socket that never gets through is given up in time, and closed when it does after all', async () => {
  const patient = new Dialler({ connectTimeout: 20, policy: policyOf('open', true), names });
  const socket = new Socket();
  const { promise, resolve } = Promise.withResolvers<{ socket: Socket }>();
  const route = { address: '127.0.0.1', port: 9, isVacant: false };
  await expect(patient.connectBound(route, () => promise)).rejects.toMatchObject({ code: 'CONNECT_TIMEOUT' });
  resolve({ socket });
  await once(socket, 'close');
});
