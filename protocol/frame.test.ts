import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../trace/bytes/hex.ts';
import {
  DATAGRAM_BYTES_MAX,
  decodeFrames,
  encodeFrame,
  type Frame,
  FrameType,
  HEADER_BYTES,
  isNumbered,
  MESSAGE_BYTES_MAX,
  writeFrame,
} from './frame.ts';
import { bytesAtAnyOffset } from './testing/arbitraries.ts';
import { failureOf } from './testing/failures.ts';
import { type NaiveFrame, naiveDecode, naiveEncode } from './testing/naive-codec.ts';
import { tableRows, VECTORS } from './testing/specification.ts';

const TYPES = Object.values(FrameType);
const NAME_OF_TYPE = new Map<number, string>(Object.entries(FrameType).map(([name, type]) => [type, name]));

const u32 = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0, 1, 255, 256, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
);
const frames: fc.Arbitrary<Frame> = fc
  .record({ type: fc.constantFrom(...TYPES), number: u32, stream: u32, payload: bytesAtAnyOffset(40) })
  .map(({ type, number, stream, payload }) =>
    isNumbered(type) ? { type, seq: number || 1, stream, payload } : { type, seq: 0, stream: 0, payload },
  )
  .filter(({ type, payload }) => type !== FrameType.DATA || payload.length > 0);
const messages = fc.array(frames, { minLength: 1, maxLength: 5 });

const toNaive = ({ type, seq, stream, payload }: Frame): NaiveFrame => ({ type, seq, stream, payload: [...payload] });
const isFrameVector = ({ payload }: { payload?: string }): boolean => payload === undefined;

describe('docs/protocol.md', () => {
  const good = VECTORS.filter((vector) => isFrameVector(vector) && vector.frames);
  test.each(good)('$title', ({ frames: expected, bytes }) => {
    const decoded = decodeFrames(bytes);
    const readable = decoded.map(({ type, seq, stream, payload }) => ({
      type: NAME_OF_TYPE.get(type),
      seq,
      stream,
      payload: toHex(payload),
    }));
    expect(readable).toEqual(expected);
    expect(toHex(concatenate(decoded))).toBe(toHex(bytes));
  });

  const bad = VECTORS.filter((vector) => isFrameVector(vector) && vector.invalid !== undefined);
  test.each(bad)('refuses $because', ({ invalid, bytes }) => {
    expect(failureOf(() => decodeFrames(bytes)).code).toBe(invalid);
    expect(naiveDecode([...bytes], TYPES)).toBeUndefined();
  });

  test('has vectors of both sorts', () => {
    expect(good.length).toBeGreaterThanOrEqual(4);
    expect(bad.length).toBeGreaterThanOrEqual(10);
  });
  test('lists every type with its code and whether it is numbered', () => {
    const rows = tableRows('type').map(([name, code, , numbered]) => [name, Number(code), numbered]);
    expect(rows).toEqual(
      Object.entries(FrameType).map(([name, type]) => [name, type, isNumbered(type) ? 'yes' : 'no']),
    );
  });
});

describe('round trips', () => {
  test('several frames a message, at any offset of a larger buffer, come back as they were', () => {
    fc.assert(
      fc.property(messages, fc.nat(16), fc.nat(4), (sent, before, after) => {
        const message = concatenate(sent);
        const buffer = new Uint8Array(before + message.length + after).fill(0xee);
        buffer.set(message, before);
        expect(decodeFrames(buffer.subarray(before, before + message.length)).map(toNaive)).toEqual(sent.map(toNaive));
      }),
    );
  });
  test('agree with a codec written from the specification alone, byte for byte', () => {
    fc.assert(
      fc.property(messages, (sent) => {
        const bytes = naiveEncode(sent.map(toNaive));
        expect([...concatenate(sent)]).toEqual(bytes);
        expect(decodeFrames(Uint8Array.from(bytes)).map(toNaive)).toEqual(naiveDecode(bytes, TYPES));
      }),
    );
  });
  test('payloads are views, not copies', () => {
    const message = encodeFrame({ type: FrameType.DATA, seq: 1, stream: 1, payload: Uint8Array.of(1) });
    const [frame] = decodeFrames(message);
    message[HEADER_BYTES] = 2;
    expect(frame?.payload).toEqual(Uint8Array.of(2));
  });
  test('payloads of every length near the limits of one and two bytes', () => {
    for (const length of [0, 1, 255, 256, 257, 16_384, 65_534, 65_535]) {
      const payload = new Uint8Array(length).fill(7);
      expect(decodeFrames(encodeFrame({ type: FrameType.DGRAM, seq: 1, stream: 1, payload }))[0]?.payload).toEqual(
        payload,
      );
    }
  });
});

test('a payload that the length field does not take is refused', () => {
  const payload = new Uint8Array(65_536);
  expect(failureOf(() => encodeFrame({ type: FrameType.DATA, seq: 1, stream: 1, payload })).code).toBe('FRAME_INVALID');
});
test('the largest datagram over IPv4 with its address fits one message', () => {
  const head = 8 + 2 + 1 + '255.255.255.255'.length;
  expect(HEADER_BYTES + head + DATAGRAM_BYTES_MAX).toBeLessThanOrEqual(MESSAGE_BYTES_MAX);
});

describe('broken messages', () => {
  test('a message cut anywhere but between frames is refused, and so are bytes after the last', () => {
    fc.assert(
      fc.property(messages, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 10 }), (sent, at, extra) => {
        const whole = [...concatenate(sent)];
        for (const bytes of [whole.slice(0, at % whole.length), [...whole, ...extra]]) {
          const expected = naiveDecode(bytes, TYPES);
          if (expected) expect(decodeFrames(Uint8Array.from(bytes)).map(toNaive)).toEqual(expected);
          else expect(failureOf(() => decodeFrames(Uint8Array.from(bytes))).code).toBe('FRAME_INVALID');
        }
      }),
    );
  });
  test('every type byte that is none is refused', () => {
    for (let type = 0; type < 256; type += 1) {
      const seq = type < 0x10 ? 0 : 1;
      const message = Uint8Array.from(naiveEncode([{ type, seq, stream: 0, payload: [0] }]));
      if (NAME_OF_TYPE.has(type)) expect(decodeFrames(message)).toHaveLength(1);
      else expect(failureOf(() => decodeFrames(message)).message).toContain(`${type}`);
    }
  });
});

function concatenate(sent: readonly Frame[]): Uint8Array {
  const length = sent.reduce((sum, { payload }) => sum + HEADER_BYTES + payload.length, 0);
  const message = new Uint8Array(length);
  let offset = 0;
  for (const frame of sent) offset = writeFrame(message, offset, frame);
  expect(offset).toBe(length);
  return message;
}
