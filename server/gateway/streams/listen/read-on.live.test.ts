import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../../protocol/frame.ts';
import { decodeMessage } from '../../../../protocol/messages/codec.ts';
import { Opened } from '../../../../protocol/messages/socket.ts';
import { encodeU32 } from '../../../../protocol/payloads.ts';
import { startTestPlayground } from '../../../../testing/playground.ts';
import { RawGateway } from '../../../../testing/raw-gateway.ts';
import { createAcceptQueues } from '../../../net/create-accept-queues.ts';
import { createEmulatedAcceptQueues } from '../../../net/emulated-accept-queue.ts';

const ALL = 600_000;
/** `time` of DATA ↓. */
const TIME_BYTES = 8;

test.each([
  ['kernel', createAcceptQueues],
  ['emulated', createEmulatedAcceptQueues],
])('an accepted socket that was not read for want of credit is read on, %s queue', async (_, createQueues) => {
  const server = await startTestPlayground({
    queues: createQueues(),
    limits: { bytesPerSecond: 1e9, bytesBurst: 1e9 },
  });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  raw.open(1, { kind: 'listen', host: '127.0.0.1', port: 0 });
  const { local } = decodeMessage(Opened, (await raw.next(FrameType.OPENED, 1)).payload);
  const client = connect({ host: '127.0.0.1', port: local.port });
  onTestFinished(() => void client.destroy());
  client.write(Buffer.alloc(ALL));
  raw.send(FrameType.ACCEPT, 1);
  await raw.next(FrameType.ACCEPTED, 2);
  let received = 0;
  while (received < ALL) {
    const { length } = (await raw.next(FrameType.DATA, 2)).payload;
    received += length - TIME_BYTES;
    raw.acknowledge();
    // What the first credit let go is there: 128 KiB wait, and the socket is not read.
    if (received > 100_000) raw.send(FrameType.CREDIT, 2, encodeU32(length));
  }
  expect(received).toBe(ALL);
});
