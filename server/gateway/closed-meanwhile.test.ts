import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WINDOW_BYTES } from '../../protocol/credit.ts';
import { FrameType } from '../../protocol/frame.ts';
import { decodeMessage, encodeMessage, Opened } from '../../protocol/messages.ts';
import { startTestPlayground } from '../../testing/playground.ts';
import { RawGateway } from '../../testing/raw-gateway.ts';

const FLOOD = Buffer.alloc(2 * WINDOW_BYTES);

/** A session with a bound socket, whose channel is full: what streams have to tell waits for an ACK. */
async function openFull() {
  const service = createServer((socket) => socket.on('error', () => undefined).write(FLOOD)).listen(0, '127.0.0.1');
  await once(service, 'listening');
  onTestFinished(() => void service.close());
  const target = { host: '127.0.0.1', port: (service.address() as AddressInfo).port };
  const server = await startTestPlayground({ mode: 'allow-list', allow: [`127.0.0.1:${target.port}`] });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  raw.open(1, { kind: 'bound', host: '127.0.0.1', port: 0 });
  const { local } = decodeMessage(Opened, (await raw.next(FrameType.OPENED, 1)).payload);
  raw.open(3, { kind: 'tcp', ...target });
  await raw.next(FrameType.OPENED, 3);
  // With its headers a window of DATA is more than may be unacknowledged.
  for (let got = 0; got < WINDOW_BYTES; ) got += (await raw.next(FrameType.DATA, 3)).payload.length;
  return { server, raw, port: local.port, target };
}
function refusalOf(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
  });
}

test.each(['listen', 'connect'] as const)(
  'a bound socket that is closed while CALL %s is under way ends once, and nothing of it stays',
  async (call) => {
    const { server, raw, port, target } = await openFull();
    const payload = encodeMessage({ id: 1, call, ...(call === 'connect' ? target : {}) });
    raw.ws.send(Buffer.concat([raw.encode(FrameType.CALL, 1, payload), raw.encode(FrameType.CLOSE, 1)]));
    const { payload: result } = await raw.next(FrameType.RESULT, 1);
    expect(JSON.parse(Buffer.from(result).toString())).toMatchObject({ code: 'SOCKET_CLOSED' });
    raw.acknowledge();
    await raw.next(FrameType.CLOSED, 1);
    raw.send(FrameType.RST, 3);
    raw.acknowledge();
    await raw.next(FrameType.CLOSED, 3);
    expect(raw.count(FrameType.OPENED)).toBe(0); // nothing is opened after its end
    expect(await refusalOf(port)).toBe('ECONNREFUSED');
    expect(server.gateway.socketCount).toBe(0);
  },
);
