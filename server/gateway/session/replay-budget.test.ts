import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';

const UNREAD = 200_000;
/** As good as nothing comes back into the budget while the test runs. */
const LIMITS = { bytesPerSecond: 100, bytesBurst: 300_000 };
const RESUMES = 6;

test('what is replayed is charged: resuming again and again brings no more bytes than the budget has', async () => {
  const service = createServer().listen(0, '127.0.0.1');
  await once(service, 'listening');
  onTestFinished(() => void service.close());
  const { port } = service.address() as AddressInfo;
  const server = await startTestPlayground({ mode: 'allow-list', allow: [`127.0.0.1:${port}`], limits: LIMITS });
  onTestFinished(() => server.close());
  const accepted = once(service, 'connection');
  const { raw, welcome } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port });
  const [peer] = (await accepted) as [Socket];
  onTestFinished(() => void peer.destroy());
  peer.write(Buffer.alloc(UNREAD, 'x'));
  for (let read = 0; read < UNREAD; ) read += (await raw.next(FrameType.DATA, 1)).payload.length - 8;
  const { session, secret = '' } = welcome;
  const { traffic } = server.gateway;
  for (let count = 0; count < RESUMES; count += 1) {
    const { raw: again } = await RawGateway.enter(server.url, { resume: { session, secret, received: 0 } });
    onTestFinished(() => again.cut());
    again.send(FrameType.PING, 0);
    await again.next(FrameType.PONG); // behind all that attaching it has sent
  }
  expect(traffic.replayedFrames).toBeGreaterThanOrEqual(RESUMES);
  expect(traffic.bytesDown).toBeLessThan(LIMITS.bytesBurst + RESUMES * 10_000);
});
