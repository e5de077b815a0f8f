import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrames, encodeFrame, FrameType } from '../../../protocol/frame.ts';
import { partsOf } from './message-parts.ts';

const frames = (type: FrameType, seq: number) =>
  fc.array(
    fc.uint8Array({ minLength: 1, maxLength: 40 }).map((payload) => encodeFrame({ type, seq, stream: seq, payload })),
    { minLength: 1, maxLength: 3_000 },
  );

test.each([
  ['DATA', FrameType.DATA, 1, 1_024],
  ['PING', FrameType.PING, 0, 128],
])('the parts are the message, each of them a few whole frames: %s', (_, type, seq, apart) => {
  fc.assert(
    fc.property(frames(type, seq), (each) => {
      const message = Buffer.concat(each);
      const parts = partsOf(message) ?? [message];
      expect(Buffer.concat(parts)).toEqual(message);
      for (const part of parts) expect(decodeFrames(part).length).toBeLessThanOrEqual(apart);
      expect(parts.length).toBe(Math.ceil(each.length / apart));
    }),
    { numRuns: 25 },
  );
});

test('a fault in the last frame refuses the first as well', () => {
  const frames = Array.from({ length: 2_300 }, () =>
    encodeFrame({ type: FrameType.PING, seq: 0, stream: 0, payload: new Uint8Array() }),
  );
  const message = Buffer.concat(frames);
  message[2_299 * 11] = 0xff;
  expect(() => partsOf(message)).toThrow('frame type 255');
  expect(() => partsOf(message.subarray(0, -1))).toThrow();
});
