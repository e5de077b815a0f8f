import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { decodeEvent } from '../../../protocol/payloads.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import type { GatewayLimits } from '../limits.ts';

async function open(limits: Partial<GatewayLimits> = {}) {
  const server = await startTestPlayground({ limits });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  const connect = async (stream: number, name: string) => {
    const port = server.lab.servers.find((one) => one.name === name)?.port ?? 0;
    raw.open(stream, { kind: 'tcp', host: '127.0.0.1', port });
    await raw.next(FrameType.OPENED, stream);
  };
  /** When the program at the other end of this stream sent, in µs, so many times. */
  const sends = async (stream: number, count: number): Promise<number[]> => {
    const times: number[] = [];
    while (times.length < count) {
      const event = decodeEvent((await raw.next(FrameType.EVENT, stream)).payload);
      if (event.call === 'send') times.push(event.at);
    }
    return times;
  };
  return { server, raw, connect, sends };
}

test('the programs of one tab make no more calls than its budget has', async () => {
  // Two calls for each frame: 100 at once, then 200 a second.
  const { raw, connect, sends } = await open({ framesPerSecond: 100, framesBurst: 50 });
  await connect(1, 'Trouble');
  raw.send(FrameType.DATA, 1, encodeUtf8(`slice 1\n${'x'.repeat(300)}`));
  const times = await sends(1, 301);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(900_000);
});
