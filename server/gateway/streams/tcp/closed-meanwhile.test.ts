import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { decodeFrames, FrameType, HEADER_BYTES } from '../../../../protocol/frame.ts';
import { decodeMessage, encodeMessage } from '../../../../protocol/messages/codec.ts';
import { Opened } from '../../../../protocol/messages/socket.ts';
import { UNACKNOWLEDGED_BYTES } from '../../../../protocol/reliable/reliable.ts';
import { startTestPlayground } from '../../../../testing/playground.ts';
import { RawGateway } from '../../../../testing/raw-gateway.ts';

const FLOODS = [3, 5];
const FLOOD = Buffer.alloc(2 * UNACKNOWLEDGED_BYTES);

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
  let unacknowledged = 0;
  const full = new Promise<void>((resolve) => {
    raw.ws.on('message', (message: Buffer) => {
      for (const { seq, payload } of decodeFrames(message))
        if (seq > 0) unacknowledged += HEADER_BYTES + payload.length;
      if (unacknowledged >= UNACKNOWLEDGED_BYTES) resolve();
    });
  });
  // One alone would stop at its credit, a little before.
  for (const stream of FLOODS) raw.open(stream, { kind: 'tcp', ...target });
  for (const stream of FLOODS) await raw.next(FrameType.OPENED, stream);
  await full;
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
    for (const stream of FLOODS) raw.send(FrameType.RST, stream);
    for (const stream of FLOODS) {
      raw.acknowledge();
      await raw.next(FrameType.CLOSED, stream);
    }
    expect(raw.count(FrameType.OPENED)).toBe(0); // nothing is opened after its end
    expect(await refusalOf(port)).toBe('ECONNREFUSED');
    expect(server.gateway.socketCount).toBe(0);
  },
);
