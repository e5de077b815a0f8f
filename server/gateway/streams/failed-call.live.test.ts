import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { decodeMessage } from '../../../protocol/messages/codec.ts';
import { type Open, Opened, Reset } from '../../../protocol/messages/socket.ts';
import { encodeDatagram } from '../../../protocol/payloads.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';

const HERE = '127.0.0.1';
/** Of TEST-NET-1 (RFC 5737): nobody may dial it. */
const ELSEWHERE = '192.0.2.1';

/** A service of the machine's own, and a page that may dial it. */
async function open(onSocket: (socket: Socket) => void = () => undefined) {
  const service: Server = createServer((socket) => onSocket(socket.on('error', () => undefined)));
  onTestFinished(() => void service.close());
  service.listen(0, HERE);
  await once(service, 'listening');
  const { port } = service.address() as AddressInfo;
  const server = await startTestPlayground({
    mode: 'allow-list',
    allow: [`${HERE}:${port}`],
    listenPorts: { from: port, to: port },
  });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  const reset = async (id: number) => decodeMessage(Reset, (await raw.next(FrameType.RST, id)).payload);
  return { raw, port, service, reset, target: { kind: 'tcp', host: HERE, port } satisfies Open };
}

test.each(['listen', 'bound', 'udp'] as const)(
  'OPEN %s of a port that is taken fails at bind, after it was called',
  async (kind) => {
    const { raw, port, reset } = await open();
    raw.open(1, { kind, host: HERE, port });
    if (kind === 'udp') {
      await raw.next(FrameType.OPENED, 1);
      raw.open(3, { kind, host: HERE, port });
    }
    const { code, call, called, at } = await reset(kind === 'udp' ? 3 : 1);
    expect({ code, call }).toEqual({ code: 'EADDRINUSE', call: 'bind' });
    expect(called).toBeLessThanOrEqual(at);
  },
);

test.each([{}, { sendBuffer: 8_192 }])(
  'a local port that somebody listens on is bind’s error, not connect’s: %o',
  async (options) => {
    const { raw, port, reset, target } = await open();
    raw.open(1, { ...target, options: { localHost: HERE, localPort: port, ...options } });
    expect(await reset(1)).toMatchObject({ code: 'EADDRINUSE', call: 'bind', remote: { host: HERE, port } });
  },
);

test('a refused connect says when it was called and with which address', async () => {
  const { raw, service, reset, target } = await open();
  await new Promise((resolve) => service.close(resolve));
  raw.open(1, target);
  const { called, at, ...rest } = await reset(1);
  expect(rest).toMatchObject({ code: 'ECONNREFUSED', call: 'connect', remote: { host: HERE, port: target.port } });
  expect(called).toBeLessThan(at);
});

test('what the gateway refuses before there is a socket was never called', async () => {
  const { raw, reset, target } = await open();
  raw.open(1, { ...target, host: ELSEWHERE });
  const { code, call, called } = await reset(1);
  expect({ code, call, called }).toEqual({ code: 'TARGET_FORBIDDEN', call: 'connect', called: undefined });
});

test('the second send after the peer has closed fails at send', async () => {
  const { raw, reset, target } = await open((socket) => socket.destroy());
  raw.open(1, target);
  await raw.next(FrameType.FIN, 1);
  raw.send(FrameType.DATA, 1, Buffer.from('first'));
  await raw.next(FrameType.SENT, 1);
  raw.send(FrameType.DATA, 1, Buffer.from('second'));
  expect(await reset(1)).toMatchObject({ code: 'EPIPE', call: 'send' });
});

test('a reset by the peer fails at recv', async () => {
  const { raw, reset, target } = await open((socket) => socket.once('data', () => socket.resetAndDestroy()));
  raw.open(1, target);
  raw.send(FrameType.DATA, 1, Buffer.from('hello'));
  const { call, called } = await reset(1);
  expect({ call, called }).toEqual({ call: 'recv', called: undefined });
});

test('a datagram that may not be sent fails at sendto', async () => {
  const { raw, reset } = await open();
  raw.open(1, { kind: 'udp', host: HERE, port: 0 });
  const { local } = decodeMessage(Opened, (await raw.next(FrameType.OPENED, 1)).payload);
  expect(local.host).toBe(HERE);
  raw.send(FrameType.DGRAM, 1, encodeDatagram({ at: 0, host: ELSEWHERE, port: 9, bytes: Buffer.from('hello') }));
  expect(await reset(1)).toMatchObject({ code: 'TARGET_FORBIDDEN', call: 'sendto' });
});

test('a socket beyond the limit fails at socket', async () => {
  const { raw, reset } = await open();
  for (let id = 1; id <= 33; id += 2) raw.open(id, { kind: 'udp', host: HERE, port: 0 });
  expect(await reset(33)).toMatchObject({ code: 'STREAM_LIMIT', call: 'socket' });
});
