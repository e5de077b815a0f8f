import { expect, onTestFinished, test, vi } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { decodeMessage } from '../../../protocol/messages/codec.ts';
import type { Trouble } from '../../../protocol/messages/options.ts';
import { Opened } from '../../../protocol/messages/socket.ts';
import { decodeEvent } from '../../../protocol/payloads.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';

const BYE = encodeUtf8('{"code":"SESSION_GONE","text":""}');

async function open() {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
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
