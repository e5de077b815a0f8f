import { expect, test } from 'vitest';
import { frameCost } from '../../../protocol/credit.ts';
import { FrameType, HEADER_BYTES } from '../../../protocol/frame.ts';
import { ManualClock } from '../../../protocol/testing/manual-clock.ts';
import { TokenBucket } from '../../../protocol/token-bucket.ts';
import type { GatewayStream } from '../streams/gateway-stream.ts';
import { Outbound } from '../streams/outbound.ts';
import { Pump } from './pump.ts';

const FRAME = frameCost(HEADER_BYTES + 1);

test('short frames of a tab ahead of its budget leave several at a time', () => {
  const clock = new ManualClock();
  const budget = new TokenBucket(clock.now, 1_000 * FRAME, FRAME * 40); // a frame a millisecond
  const outbound = new Outbound();
  outbound.credit.grant(1_000_000);
  for (let count = 0; count < 240; count += 1) outbound.push(FrameType.DATA, Uint8Array.of(1), 1);
  let [sent, runs] = [0, 0];
  let isPutOff = false;
  const pump = new Pump({
    hasRoom: () => true,
    wait: (bytes) => {
      const wait = budget.wait(bytes);
      if (wait === 0) budget.take(bytes);
      return wait;
    },
    send: () => {
      sent += 1;
    },
    later: (wait) => {
      if (isPutOff) return;
      isPutOff = true;
      clock.after(wait, () => {
        isPutOff = false;
        runs += 1;
        pump.run();
      });
    },
    onEnded: () => undefined,
  });
  const stream: Partial<GatewayStream> = { id: 1, outbound, onDrain: () => undefined };
  pump.wake(stream as GatewayStream);
  expect(sent).toBe(40);
  clock.advance(60);
  expect(sent).toBe(100);
  expect(runs).toBe(3);
});
