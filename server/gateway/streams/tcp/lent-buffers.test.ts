import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../../protocol/frame.ts';
import { encodeU32 } from '../../../../protocol/payloads.ts';
import { startTestPlayground } from '../../../../testing/playground.ts';
import { RawGateway } from '../../../../testing/raw-gateway.ts';

const BLOCK = 30_000;
/** More than the kernel holds of what nobody reads: net.ipv4.tcp_wmem and tcp_rmem are 4 and 6 MB at the most. */
const BLOCKS_MAX = 600;
const SECRET = Buffer.from('what another learner was sent, and nobody else may see');
const UNLIMITED = { bytesPerSecond: 1e9, bytesBurst: 1e9 };

async function openHouse() {
  const service = createServer().listen(0, '127.0.0.1');
  await once(service, 'listening');
  onTestFinished(() => void service.close());
  const { port } = service.address() as AddressInfo;
  const server = await startTestPlayground({ mode: 'allow-list', allow: [`127.0.0.1:${port}`], limits: UNLIMITED });
  onTestFinished(() => server.close());
  const enter = async (): Promise<{ raw: RawGateway; peer: Socket }> => {
    const { raw } = await RawGateway.enter(server.url);
    onTestFinished(() => raw.cut());
    const accepted = once(service, 'connection');
    raw.open(1, { kind: 'tcp', host: '127.0.0.1', port });
    const [peer] = (await accepted) as [Socket];
    peer.on('error', () => undefined); // the gateway resets it when the session ends
    onTestFinished(() => void peer.destroy());
    await raw.next(FrameType.OPENED, 1);
    raw.send(FrameType.CREDIT, 1, encodeU32(1e9));
    return { raw, peer };
  };
  const { traffic } = server.gateway;
  /** A block of the peer's is with the gateway's WebSocket; false if the gateway holds it back. */
  const hasHanded = async (before: number): Promise<boolean> => {
    for (let turn = 0; turn < 1_000 && traffic.bytesDown - before < BLOCK; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    return traffic.bytesDown - before >= BLOCK;
  };
  return { server, enter, traffic, hasHanded };
}

test('who acknowledges what has not been sent to it is sent away, and reads nothing of what others are sent', async () => {
  const { server, enter, traffic, hasHanded } = await openHouse();
  const attacker = await enter();
  const victim = await enter();
  const seen: Buffer[] = [];
  let seq = attacker.raw.received;
  attacker.raw.ws.removeAllListeners('message'); // what it is sent need not be frames
  attacker.raw.ws.on('message', (message: Buffer) => seen.push(message));
  attacker.raw.ws.pause();
  for (let block = 0; block < BLOCKS_MAX && server.gateway.sessionCount === 2; block += 1) {
    const before = traffic.bytesDown;
    attacker.peer.write(Buffer.alloc(BLOCK, 'a'));
    if (!(await hasHanded(before))) break;
    seq += 1;
    attacker.raw.send(FrameType.ACK, 0, encodeU32(seq));
  }
  for (let block = 0; block < 16; block += 1) {
    victim.peer.write(Buffer.alloc(BLOCK, SECRET));
    await victim.raw.next(FrameType.DATA);
    victim.raw.acknowledge();
  }
  attacker.raw.ws.close(); // its answer comes behind all that is under way
  attacker.raw.ws.resume();
  const closed = await attacker.raw.closed;
  expect(seen.some((message) => message.includes(SECRET))).toBe(false);
  expect(closed.reason).toBe('ACK_INVALID');
});
