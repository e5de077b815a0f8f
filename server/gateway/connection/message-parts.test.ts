import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrames, encodeFrame, FrameType } from '../../../protocol/frame.ts';
import { partsOf } from './message-parts.ts';

const frame = fc
  .uint8Array({ maxLength: 40 })
  .map((payload) => encodeFrame({ type: FrameType.PING, seq: 0, stream: 0, payload }));

test('the parts are the message, each of them a few whole frames', () => {
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1, maxLength: 600 }), (frames) => {
      const message = Buffer.concat(frames);
      const parts = partsOf(message) ?? [message];
      expect(Buffer.concat(parts)).toEqual(message);
      for (const part of parts) expect(decodeFrames(part).length).toBeLessThanOrEqual(128);
      expect(parts.length).toBe(Math.ceil(frames.length / 128));
    }),
  );
});

test('a fault in the last frame refuses the first as well', () => {
  const frames = Array.from({ length: 300 }, () =>
    encodeFrame({ type: FrameType.PING, seq: 0, stream: 0, payload: new Uint8Array() }),
  );
  const message = Buffer.concat(frames);
  message[299 * 11] = 0xff;
  expect(() => partsOf(message)).toThrow('frame type 255');
  expect(() => partsOf(message.subarray(0, -1))).toThrow();
});
