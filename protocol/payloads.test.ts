import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHex, toHex } from '../trace/bytes/hex.ts';
import { CALL_NAMES } from './call.ts';
import { ERRNO_NAMES, ERROR_CODES } from './errors.ts';
import { DATAGRAM_BYTES_MAX } from './frame.ts';
import {
  type Datagram,
  datagramRefusal,
  datagramRoom,
  decodeDatagram,
  decodeEvent,
  decodeReceived,
  decodeSent,
  decodeTime,
  decodeU32,
  encodeDatagram,
  encodeEvent,
  encodeReceived,
  encodeSent,
  encodeTime,
  encodeU32,
  type PeerEvent,
  SENT_RECORDS_MAX,
  type SentRecord,
} from './payloads.ts';
import { bytesAtAnyOffset } from './testing/arbitraries.ts';
import { failureOf } from './testing/failures.ts';
import { VECTORS } from './testing/specification.ts';

type Codec = { readonly encode: (value: never) => Uint8Array; readonly decode: (payload: Uint8Array) => unknown };
type HexReceived = { at: number; bytes: string };

/** Values as JSON writes them: bytes in hex, what is undefined left out. */
const CODECS: Record<string, Codec> = {
  u32: { encode: encodeU32, decode: decodeU32 },
  time: { encode: encodeTime, decode: decodeTime },
  received: {
    encode: ({ at, bytes }: HexReceived) => encodeReceived(at, parseHex(bytes)),
    decode: (payload) => {
      const { at, bytes } = decodeReceived(payload);
      return { at, bytes: toHex(bytes) };
    },
  },
  sent: { encode: (records: SentRecord[]) => encodeSent(records), decode: decodeSent },
  datagram: {
    encode: (value: Omit<Datagram, 'bytes'> & { bytes: string }) =>
      encodeDatagram({ ...value, bytes: parseHex(value.bytes) }),
    decode: (payload) => {
      const { bytes, ...rest } = decodeDatagram(payload);
      return { ...rest, bytes: toHex(bytes) };
    },
  },
  event: {
    encode: (value: PeerEvent) => encodeEvent(value),
    decode: (payload) => JSON.parse(JSON.stringify(decodeEvent(payload))) as unknown,
  },
};

describe('docs/protocol.md', () => {
  const vectors = VECTORS.filter(({ payload }) => payload !== undefined);
  test.each(vectors.filter(({ invalid }) => invalid === undefined))('$title', ({ payload, value, bytes }) => {
    const { encode, decode } = CODECS[payload as string] as Codec;
    expect(toHex(encode(value as never))).toBe(toHex(bytes));
    expect(decode(bytes)).toEqual(value);
  });
  test.each(vectors.filter(({ invalid }) => invalid !== undefined))('refuses $payload of $because', (vector) => {
    const { decode } = CODECS[vector.payload as string] as Codec;
    expect(failureOf(() => decode(vector.bytes)).code).toBe(vector.invalid);
  });
  test('has vectors of both sorts for every payload', () => {
    for (const name of Object.keys(CODECS)) {
      const own = vectors.filter(({ payload }) => payload === name);
      expect(own.some(({ invalid }) => invalid === undefined)).toBe(true);
      expect(own.some(({ invalid }) => invalid !== undefined)).toBe(true);
    }
  });
});

const times = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 0xffff_ffff, 0x1_0000_0000, Number.MAX_SAFE_INTEGER));
const u32 = fc.oneof(fc.integer({ min: 0, max: 0xffff_ffff }), fc.constantFrom(0, 0x8000_0000, 0xffff_ffff));

/** A payload as it stands in a message: a view at an offset. */
function asView(payload: Uint8Array): Uint8Array {
  const buffer = new Uint8Array(payload.length + 5).fill(0xee);
  buffer.set(payload, 3);
  return buffer.subarray(3, 3 + payload.length);
}

describe('round trips', () => {
  test('time and u32', () => {
    fc.assert(
      fc.property(times, u32, (at, value) => {
        expect(decodeTime(asView(encodeTime(at)))).toBe(at);
        expect(decodeU32(asView(encodeU32(value)))).toBe(value);
      }),
    );
  });
  test('DATA and SENT', () => {
    const records = fc.array(fc.record({ at: times, count: u32 }), { maxLength: 6 });
    fc.assert(
      fc.property(times, bytesAtAnyOffset(50), records, (at, bytes, sent) => {
        const received = decodeReceived(asView(encodeReceived(at, bytes)));
        expect([received.at, [...received.bytes]]).toEqual([at, [...bytes]]);
        expect(decodeSent(asView(encodeSent(sent)))).toEqual(sent);
      }),
    );
  });
  test('DGRAM, for every host of up to 255 bytes', () => {
    const hosts = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constant('a'.repeat(255)),
    );
    const ports = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(times, hosts, ports, bytesAtAnyOffset(50), (at, host, port, bytes) => {
        const datagram = decodeDatagram(asView(encodeDatagram({ at, host, port, bytes })));
        expect({ ...datagram, bytes: [...datagram.bytes] }).toEqual({
          at,
          host: host.toWellFormed(),
          port,
          bytes: [...bytes],
        });
      }),
    );
  });
  test('EVENT, for every call, code and text', () => {
    const events = fc.record({
      at: times,
      call: fc.constantFrom(...CALL_NAMES),
      argument: fc.option(fc.integer({ min: 0, max: 0xffff_fffe }), { nil: undefined }),
      count: u32,
      text: fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.toWellFormed()),
      error: fc.option(fc.constantFrom(...ERROR_CODES, ...ERRNO_NAMES), { nil: undefined }),
    });
    fc.assert(
      fc.property(events, (event) => {
        expect(decodeEvent(asView(encodeEvent(event)))).toEqual(event);
      }),
    );
  });
});

test('an error that this version does not know counts as INTERNAL', () => {
  const payload = encodeEvent({ at: 0, call: 'recv', argument: undefined, count: 0, text: '', error: 'EIO' });
  payload.set(Buffer.from('EQQ'), payload.length - 3);
  expect(decodeEvent(payload).error).toBe('INTERNAL');
});

test.each([
  ['127.0.0.1', 65_507, undefined],
  ['127.0.0.1', 65_508, 'DATAGRAM_TOO_LONG'],
  ['::1', 65_507, undefined],
  ['::1', 65_508, 'DATAGRAM_LIMIT'],
  ['::1', 65_527, 'DATAGRAM_LIMIT'],
  ['::1', 65_528, 'DATAGRAM_TOO_LONG'],
  ['a.name', 65_507, undefined],
  [`a.name.of.${'x'.repeat(244)}`, 65_270, undefined],
  [`a.name.of.${'x'.repeat(244)}`, 65_271, 'DATAGRAM_LIMIT'],
] as const)('to %s %i bytes: %s', (host, length, refusal) => {
  expect(datagramRefusal(host, length)).toBe(refusal);
});

test('the longest datagram of a host and the most SENT records just fill a payload', () => {
  expect(datagramRoom('255.255.255.255')).toBe(DATAGRAM_BYTES_MAX);
  const host = 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255';
  const bytes = new Uint8Array(datagramRoom(host));
  expect(encodeDatagram({ at: 0, host, port: 1, bytes }).length).toBe(65_535);
  const sent = new Array<SentRecord>(SENT_RECORDS_MAX).fill({ at: 0, count: 0 });
  expect(encodeSent(sent).length).toBeLessThanOrEqual(65_535);
  expect(encodeSent([...sent, { at: 0, count: 0 }]).length).toBeGreaterThan(65_535);
});
