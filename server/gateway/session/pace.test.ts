import { expect, onTestFinished, test } from 'vitest';
import { frameCost } from '../../../protocol/credit.ts';
import { FrameType, HEADER_BYTES } from '../../../protocol/frame.ts';
import { encodeU32 } from '../../../protocol/payloads.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';

const FRAMES_PER_SECOND = 200;
const bytesPerSecond = FRAMES_PER_SECOND * frameCost(HEADER_BYTES + 9);

test('short frames of a tab ahead of its budget leave several at a time', async () => {
  const server = await startTestPlayground({ limits: { bytesPerSecond, bytesBurst: bytesPerSecond / 10 } });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  const port = server.lab.servers.find(({ name }) => name === 'Character generator')?.port ?? 0;
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port, options: { receiveSize: 1 } });
  raw.send(FrameType.CREDIT, 1, encodeU32(1_000_000));
  const read = async (count: number): Promise<void> => {
    for (let frame = 0; frame < count; frame += 1) {
      await raw.next(FrameType.DATA, 1);
      if (frame % 16 === 0) raw.acknowledge();
    }
  };
  await read(40); // what was saved up is spent
  const { messagesDown } = server.gateway.traffic;
  await read(200);
  expect(server.gateway.traffic.messagesDown - messagesDown).toBeLessThan(80);
});
