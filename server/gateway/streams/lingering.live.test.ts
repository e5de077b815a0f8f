import { expect, onTestFinished, test, vi } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { decodeMessage } from '../../../protocol/messages/codec.ts';
import type { Trouble } from '../../../protocol/messages/options.ts';
import { Opened, Reset } from '../../../protocol/messages/socket.ts';
import { decodeEvent } from '../../../protocol/payloads.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import type { GatewayLimits } from '../limits.ts';

const BYE = encodeUtf8('{"code":"SESSION_GONE","text":""}');

async function enter(url: string, address?: string): Promise<RawGateway> {
  const { raw } = await RawGateway.enter(url, {}, address);
  onTestFinished(() => raw.cut());
  return raw;
}

async function open(limits: Partial<GatewayLimits> = {}) {
  const server = await startTestPlayground({ limits });
  onTestFinished(() => server.close());
  const raw = await enter(server.url);
  const connectedTo = (name: string) => server.lab.stats().find((one) => one.name === name)?.connected;
  const connect = async (stream: number, name: string, trouble?: Trouble): Promise<Opened> => {
    const port = server.lab.servers.find((one) => one.name === name)?.port ?? 0;
    raw.open(stream, { kind: 'tcp', host: '127.0.0.1', port, ...(trouble ? { options: { trouble } } : {}) });
    return decodeMessage(Opened, (await raw.next(FrameType.OPENED, stream)).payload);
  };
  /** The lab's Trouble server answers the learner's close(2) after ten minutes. */
  const leaveSleeper = async (stream: number): Promise<void> => {
    await connect(stream, 'Trouble');
    raw.send(FrameType.DATA, stream, encodeUtf8('slow-close 600000\n'));
    await raw.next(FrameType.DATA, stream);
    raw.send(FrameType.CLOSE, stream);
    await raw.next(FrameType.CLOSED, stream);
  };
  return { server, raw, connect, connectedTo, leaveSleeper };
}

test('a lab server’s end counts until it is closed, and ends with the session', async () => {
  const { server, raw, connectedTo, leaveSleeper } = await open();
  await leaveSleeper(1);
  await leaveSleeper(3);
  expect(connectedTo('Trouble')).toBe(2);
  expect(server.gateway.socketCount).toBe(2);
  raw.send(FrameType.GOAWAY, 0, BYE);
  await vi.waitFor(() => expect(connectedTo('Trouble')).toBe(0));
  expect(server.gateway.socketCount).toBe(0);
});

test('one that closes soon no longer counts then', async () => {
  const { server, raw, connect } = await open();
  await connect(1, 'Raw echo');
  raw.send(FrameType.CLOSE, 1);
  await raw.next(FrameType.CLOSED, 1);
  await vi.waitFor(() => expect(server.gateway.socketCount).toBe(0));
});

test('a tab keeps 32 that sleep: the first is reset when one more comes, and the tab is told', async () => {
  const { raw, connectedTo, leaveSleeper } = await open();
  for (let index = 0; index < 33; index += 1) await leaveSleeper(1 + 2 * index);
  await vi.waitFor(() => expect(connectedTo('Trouble')).toBe(32));
  let call = '';
  while (call !== 'reset') call = decodeEvent((await raw.next(FrameType.EVENT, 1)).payload).call;
});

test('what goes on after a socket has ended counts as one its tab has: the last there are stay free for others', async () => {
  const { server, raw, leaveSleeper } = await open({ sockets: 32 });
  for (let index = 0; index < 24; index += 1) await leaveSleeper(1 + 2 * index);
  const port = server.lab.servers.find(({ name }) => name === 'Raw echo')?.port ?? 0;
  raw.open(99, { kind: 'tcp', host: '127.0.0.1', port });
  expect(decodeMessage(Reset, (await raw.next(FrameType.RST, 99)).payload).code).toBe('SOCKET_LIMIT');
  const newcomer = await enter(server.url, '127.0.0.2');
  for (let stream = 1; stream <= 7; stream += 2) {
    newcomer.open(stream, { kind: 'tcp', host: '127.0.0.1', port });
    await newcomer.next(FrameType.OPENED, stream);
  }
  // A proxy is three more: not of the last eighth, though there are as many.
  const third = await enter(server.url, '127.0.0.3');
  third.open(1, { kind: 'tcp', host: '127.0.0.1', port, options: { trouble: {} } });
  expect(decodeMessage(Reset, (await third.next(FrameType.RST, 1)).payload).code).toBe('SOCKET_LIMIT');
});

test('a troubled proxy ends with the session, whatever it still holds', async () => {
  const { server, raw, connect } = await open();
  await connect(1, 'Raw echo', { slice: 1, direction: 'both' });
  raw.send(FrameType.DATA, 1, new Uint8Array(30_000));
  await raw.next(FrameType.DATA, 1);
  raw.send(FrameType.CLOSE, 1);
  await raw.next(FrameType.CLOSED, 1);
  expect(server.gateway.socketCount).toBeGreaterThanOrEqual(4); // the proxy's three, and what it has set in motion
  raw.send(FrameType.GOAWAY, 0, BYE);
  await vi.waitFor(() => expect(server.gateway.socketCount).toBe(0));
});
