import { expect, test } from 'vitest';
import { decodeFrames, encodeFrame, FrameType } from '../frame.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { Reliable } from './reliable.ts';
import type { Transport } from './transport.ts';

test('what nobody reads does not pile up: replies are dropped, the ACK is said when there is room again', () => {
  const clock = new ManualClock();
  let buffered = 1_000_000;
  const types: number[] = [];
  const transport: Transport = {
    send: (message) => types.push(...decodeFrames(message).map(({ type }) => type)),
    bufferedAmount: () => buffered,
  };
  const reliable = new Reliable({
    clock,
    schedule: (flush) => flush(),
    onFrame: () => undefined,
    onDrain: () => undefined,
  });
  reliable.attach(transport, 0);
  expect(reliable.sendUnnumbered(FrameType.PONG, 0, new Uint8Array())).toBe(false);
  reliable.receive(transport, encodeFrame({ type: FrameType.FIN, seq: 1, stream: 1, payload: new Uint8Array() }));
  clock.advance(500);
  expect(types).toEqual([]);
  buffered = 0;
  clock.advance(500);
  expect(types).toEqual([FrameType.ACK]);
});
