import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { formatEscapes, parseEscapes } from '../trace/bytes/escapes.ts';
import { parseHex, toHex } from '../trace/bytes/hex.ts';
import { PlaygroundError } from './errors.ts';
import { decodeFrames } from './frame.ts';
import { CallResult, SocketCall } from './messages/calls.ts';
import { decodeMessage } from './messages/codec.ts';
import { Goaway, Hello, Welcome } from './messages/session.ts';
import { Accepted, Open, Opened, Pending, Reset } from './messages/socket.ts';
import { Stats, Watch } from './messages/stats.ts';
import { decodeDatagram, decodeEvent, decodeReceived, decodeSent, decodeTime, decodeU32 } from './payloads.ts';
import { Reliable } from './reliable/reliable.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { RecordedTransport } from './testing/recorded-transport.ts';
import { EXAMPLES, VECTORS } from './testing/specification.ts';
import { encodeUtf8 } from './utf8.ts';

/** FUZZ_RUNS=1000000 for the long form; FUZZ_SEED repeats a share that was printed. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
/** So many inputs a test: each stays well within a test's time on a busy machine. */
const SHARE = 10_000;

/** Everything that reads what a peer or a person wrote. */
const READERS: readonly ((bytes: Uint8Array) => unknown)[] = [
  decodeFrames,
  decodeU32,
  decodeTime,
  decodeReceived,
  decodeSent,
  decodeDatagram,
  decodeEvent,
  ...[Hello, Welcome, Open, Opened, Reset, Pending, Accepted, Stats, Watch, SocketCall, CallResult, Goaway].map(
    (schema) => (bytes: Uint8Array) => decodeMessage(schema, bytes),
  ),
  (bytes) => parseHex(new TextDecoder('latin1').decode(bytes)),
  (bytes) => parseEscapes(new TextDecoder('latin1').decode(bytes)),
  (bytes) => expect(parseEscapes(formatEscapes(bytes))).toEqual(bytes),
  receiveReliably,
];
/** What good input looks like: random bytes alone never get past the first check. */
const SEEDLINGS: readonly Uint8Array[] = [
  ...VECTORS.map(({ bytes }) => bytes),
  ...EXAMPLES.map(({ text }) => encodeUtf8(text)),
  encodeUtf8(String.raw`\x41\u{1f600}\ud83d\ude00\377\n`),
  encodeUtf8('0x68, 0x65\n6c6C'),
];

let read = 0;
afterAll(() => console.info(`fuzz: ${RUNS} inputs, ${read} of them read, seeds from ${SEED}`));

const shares = Array.from({ length: Math.ceil(RUNS / SHARE) }, (_, index) => SEED + index);
test.each(shares)('mutated inputs are read, or refused with an error of ours, seed %i', (seed) => {
  const next = xorshift(seed);
  let readHere = 0;
  for (let run = 0; run < SHARE; run += 1) {
    const seedling = SEEDLINGS[next() % SEEDLINGS.length] as Uint8Array;
    const bytes = mutate(seedling, next);
    const reader = READERS[next() % READERS.length] as (input: Uint8Array) => unknown;
    try {
      reader(bytes);
      readHere += 1;
    } catch (error) {
      if (error instanceof PlaygroundError) continue;
      throw new Error(`run ${run}, reader ${READERS.indexOf(reader)}, ${toHex(bytes)}`, { cause: error });
    }
  }
  read += readHere;
  expect(readHere).toBeGreaterThan(SHARE / 50);
  expect(readHere).toBeLessThan(SHARE);
});

test('random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(READERS.length - 1), (bytes, index) => {
      try {
        READERS[index]?.(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(PlaygroundError);
      }
    }),
    { numRuns: 5_000 },
  );
});

/** A whole receiver: whatever comes, what it hands on is numbered without a gap. */
function receiveReliably(bytes: Uint8Array): void {
  let last = 0;
  const reliable = new Reliable({
    clock: new ManualClock(),
    schedule: (flush) => flush(),
    onDrain: () => {},
    onFrame: ({ seq }) => {
      if (seq === 0) return;
      expect(seq).toBe(last + 1);
      last = seq;
    },
  });
  const transport = new RecordedTransport();
  reliable.attach(transport, 0);
  reliable.receive(transport, bytes);
  reliable.receive(transport, bytes);
}

/** One to four of: a bit turned, a byte set, a piece cut out, doubled or moved, bytes put in. */
function mutate(original: Uint8Array, next: () => number): Uint8Array<ArrayBuffer> {
  const bytes = [...original];
  const rounds = next() % 5; // none too: good input must stay good
  for (let round = 0; round < rounds; round += 1) {
    const at = next() % (bytes.length + 1);
    const length = next() % 8;
    const kind = next() % 6;
    if (kind === 0) bytes[at % Math.max(1, bytes.length)] = (bytes[at] ?? 0) ^ (1 << (next() % 8));
    else if (kind === 1) bytes[at % Math.max(1, bytes.length)] = [0, 1, 0x7f, 0x80, 0xff][next() % 5] ?? 0;
    else if (kind === 2) bytes.splice(at, length);
    else if (kind === 3) bytes.splice(at, 0, ...bytes.slice(at, at + length));
    else if (kind === 4) bytes.splice(next() % (bytes.length + 1), 0, ...bytes.splice(at, length));
    else bytes.splice(at, 0, ...Array.from({ length }, () => next() % 256));
  }
  return Uint8Array.from(bytes);
}

/** Marsaglia's xorshift32: enough for choosing bytes, and repeated by its seed. */
function xorshift(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) | 1; // seeds side by side must not begin alike
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
