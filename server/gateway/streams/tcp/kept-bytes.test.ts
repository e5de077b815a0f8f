import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../../protocol/frame.ts';
import { encodeDatagram } from '../../../../protocol/payloads.ts';
import type { ByteCount } from '../../../../protocol/units.ts';
import { startTestPlayground } from '../../../../testing/playground.ts';
import { RawGateway } from '../../../../testing/raw-gateway.ts';

/** The kernel holds little of what the service does not read. */
const LIMITS = { bytesPerSecond: 1e9, bytesBurst: 1e9, datagramsPerSecond: 1_000, socketBuffer: 4_096 };
const MESSAGES = 120;
const FILLER = new Uint8Array(30_000);
/** Of a socket that has ended: what comes for it is dropped. */
const ENDED = 1;
const WAITS = 3;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of all buffers that are in use. */
function memory(): ByteCount {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

/** A gateway that allows one service, which reads nothing, and one name, which is never resolved. */
async function open(): Promise<{ raw: RawGateway; port: number }> {
  const service = createServer({ pauseOnConnect: true }, (socket) => socket.on('error', () => undefined));
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  onTestFinished(() => void service.close());
  const { port } = service.address() as AddressInfo;
  const server = await startTestPlayground({
    mode: 'allow-list',
    allow: [`127.0.0.1:${port}`, 'slow.test:*'],
    limits: LIMITS,
    lookup: () => new Promise(() => undefined),
  });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  raw.open(ENDED, { kind: 'udp', host: '127.0.0.1', port: 0 });
  raw.send(FrameType.CLOSE, ENDED);
  await raw.next(FrameType.CLOSED, ENDED);
  return { raw, port };
}
async function answers(raw: RawGateway): Promise<void> {
  raw.send(FrameType.PING, 0);
  await raw.next(FrameType.PONG);
}

const byte = (): Uint8Array => Uint8Array.of(1);
const WAITING: Readonly<
  Record<string, (raw: RawGateway, port: number) => Promise<{ type: FrameType; payload: () => Uint8Array }>>
> = {
  'DATA for a socket whose peer does not read': async (raw, port) => {
    raw.open(WAITS, { kind: 'tcp', host: '127.0.0.1', port });
    await raw.next(FrameType.OPENED, WAITS);
    for (let count = 0; count < 7; count += 1) raw.send(FrameType.DATA, WAITS, new Uint8Array(32_768));
    return { type: FrameType.DATA, payload: byte };
  },
  'DATA before connect(2)': async (raw) => {
    raw.open(WAITS, { kind: 'tcp', host: 'slow.test', port: 80 });
    return { type: FrameType.DATA, payload: byte };
  },
  'datagrams whose name is being resolved': async (raw) => {
    raw.open(WAITS, { kind: 'udp', host: '127.0.0.1', port: 0 });
    await raw.next(FrameType.OPENED, WAITS);
    const payload = () => encodeDatagram({ at: 0, host: 'slow.test', port: 9, bytes: byte() });
    return { type: FrameType.DGRAM, payload };
  },
};

test.each(Object.keys(WAITING))(
  '%s: what waits keeps its own bytes, not the messages that it came in',
  async (what) => {
    const { raw, port } = await open();
    const { type, payload } = (await WAITING[what]?.(raw, port)) ?? expect.unreachable();
    await answers(raw);
    const before = memory();
    for (let count = 0; count < MESSAGES; count += 1) {
      const short = raw.encode(type, WAITS, payload());
      const filler = [0, 1].map(() => raw.encode(FrameType.DATA, ENDED, FILLER));
      raw.ws.send(Buffer.concat([short, ...filler]));
    }
    await answers(raw);
    await expect.poll(() => memory() - before).toBeLessThan((MESSAGES * 2 * FILLER.length) / 4);
  },
);
