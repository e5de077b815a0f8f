import { CALL_NAMES, Call } from './call.ts';
import { PlaygroundError, type SocketErrorCode, toSocketErrorCode } from './errors.ts';
import {
  createPayload,
  DATAGRAM_BYTES_MAX,
  DATAGRAM6_BYTES_MAX,
  PAYLOAD_BYTES_MAX,
  readU32,
  writeU32,
} from './frame.ts';
import type { MessagePool } from './message-pool.ts';
import type { ByteCount, Microseconds } from './units.ts';
import { decodeUtf8Lenient, encodeUtf8 } from './utf8.ts';

// Binary payloads of frequent frames; all others are JSON (messages/). All integers in network byte order.

const TIME_BYTES = 8;

/** Times fill 64 bits on the wire, 53 of them used (units.ts). */
function writeTime(target: Uint8Array, offset: number, at: Microseconds): void {
  writeU32(target, offset, Math.floor(at / 0x1_0000_0000));
  writeU32(target, offset + 4, at >>> 0);
}
function readTime(bytes: Uint8Array, offset: number): Microseconds {
  return readU32(bytes, offset) * 0x1_0000_0000 + readU32(bytes, offset + 4);
}
function need(payload: Uint8Array, bytes: ByteCount, what: string): void {
  if (payload.length < bytes) throw new PlaygroundError('MESSAGE_INVALID', `${payload.length}-byte ${what}`);
}

/** A FIN or CLOSED from the gateway: only when it happened. */
export function encodeTime(at: Microseconds): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(TIME_BYTES);
  writeTime(payload, 0, at);
  return payload;
}
export function decodeTime(payload: Uint8Array): Microseconds {
  need(payload, TIME_BYTES, 'time');
  return readTime(payload, 0);
}

/** ACK: the seq of the last reliable frame received. CREDIT: how many more bytes may be sent. */
export function encodeU32(value: number): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(4);
  writeU32(payload, 0, value);
  return payload;
}
export function decodeU32(payload: Uint8Array): number {
  if (payload.length !== 4) throw new PlaygroundError('MESSAGE_INVALID', `${payload.length}-byte number`);
  return readU32(payload, 0);
}

/** DATA towards the browser: `at u64 | bytes`, one recv(2). DATA towards the gateway has the bytes alone, one send(2). */
export function encodeReceived(at: Microseconds, bytes: Uint8Array, pool?: MessagePool): Uint8Array<ArrayBuffer> {
  const length = TIME_BYTES + bytes.length;
  const payload = pool ? pool.takePayload(length) : createPayload(length);
  writeTime(payload, 0, at);
  payload.set(bytes, TIME_BYTES);
  return payload;
}
export function decodeReceived(payload: Uint8Array): { at: Microseconds; bytes: Uint8Array } {
  need(payload, TIME_BYTES, 'DATA');
  return { at: readTime(payload, 0), bytes: payload.subarray(TIME_BYTES) };
}

/**
 * SENT: `(at u64 | count u32)` once per DATA or DGRAM frame, in order: when its bytes were in the kernel's send buffer.
 * On a TCP stream count 0 stands for the FIN frame: shutdown(SHUT_WR) returned.
 */
export type SentRecord = { readonly at: Microseconds; readonly count: ByteCount };
const SENT_BYTES = TIME_BYTES + 4;
/** How many one frame has room for. */
export const SENT_RECORDS_MAX = Math.floor(PAYLOAD_BYTES_MAX / SENT_BYTES);

export function encodeSent(records: readonly SentRecord[]): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(records.length * SENT_BYTES);
  records.forEach(({ at, count }, index) => {
    writeTime(payload, index * SENT_BYTES, at);
    writeU32(payload, index * SENT_BYTES + TIME_BYTES, count);
  });
  return payload;
}
export function decodeSent(payload: Uint8Array): SentRecord[] {
  if (payload.length % SENT_BYTES !== 0) throw new PlaygroundError('MESSAGE_INVALID', `${payload.length}-byte SENT`);
  // Not Array.from: of a flood of short messages it took as long as all else together.
  const records: SentRecord[] = [];
  for (let offset = 0; offset < payload.length; offset += SENT_BYTES) {
    records.push({ at: readTime(payload, offset), count: readU32(payload, offset + TIME_BYTES) });
  }
  return records;
}

/** DGRAM: `at u64 | port u16 | host length u8 | host | bytes`. From the browser `at` is 0 and the endpoint the destination. */
export type Datagram = { at: Microseconds; host: string; port: number; bytes: Uint8Array };
const DATAGRAM_HEAD_BYTES = TIME_BYTES + 3;

/** The longest datagram that one frame carries from or to this host: all of UDP's for an IPv4 address, less for long names. */
export function datagramRoom(host: string): ByteCount {
  return Math.min(DATAGRAM_BYTES_MAX, PAYLOAD_BYTES_MAX - DATAGRAM_HEAD_BYTES - encodeUtf8(host).length);
}
/**
 * Why so many bytes cannot be sent to this host as one datagram; undefined: they can. DATAGRAM_LIMIT is our own limit, where UDP
 * itself may take them: only of an IPv4 address it is known that it does not.
 */
export function datagramRefusal(host: string, length: ByteCount): 'DATAGRAM_TOO_LONG' | 'DATAGRAM_LIMIT' | undefined {
  if (length <= datagramRoom(host)) return undefined;
  const most = /^[\d.]+$/.test(host) ? DATAGRAM_BYTES_MAX : DATAGRAM6_BYTES_MAX;
  return length > most ? 'DATAGRAM_TOO_LONG' : 'DATAGRAM_LIMIT';
}
export function encodeDatagram({ at, host, port, bytes }: Datagram): Uint8Array<ArrayBuffer> {
  const name = encodeUtf8(host);
  const payload = new Uint8Array(DATAGRAM_HEAD_BYTES + name.length + bytes.length);
  writeTime(payload, 0, at);
  payload[TIME_BYTES] = port >>> 8;
  payload[TIME_BYTES + 1] = port;
  payload[TIME_BYTES + 2] = name.length;
  payload.set(name, DATAGRAM_HEAD_BYTES);
  payload.set(bytes, DATAGRAM_HEAD_BYTES + name.length);
  return payload;
}
export function decodeDatagram(payload: Uint8Array): Datagram {
  need(payload, DATAGRAM_HEAD_BYTES, 'DGRAM');
  const start = DATAGRAM_HEAD_BYTES + (payload[TIME_BYTES + 2] as number);
  need(payload, start, 'DGRAM');
  return {
    at: readTime(payload, 0),
    port: ((payload[TIME_BYTES] as number) << 8) | (payload[TIME_BYTES + 1] as number),
    host: decodeUtf8Lenient(payload.subarray(DATAGRAM_HEAD_BYTES, start)),
    bytes: payload.subarray(start),
  };
}

/**
 * EVENT: one call of the program at the other end.
 * `at u64 | call u8 | argument u32 | count u32 | error length u8 | error | text`; argument 0xffffffff: none.
 */
export type PeerEvent = {
  readonly at: Microseconds;
  readonly call: Call;
  readonly argument: number | undefined;
  readonly count: ByteCount;
  readonly text: string;
  readonly error: SocketErrorCode | undefined;
};
const EVENT_BYTES = TIME_BYTES + 10;
const NO_ARGUMENT = 0xffff_ffff;
const CALL_OF_NUMBER = new Map<number, Call>(CALL_NAMES.map((name) => [Call[name], name]));

export function encodeEvent({ at, call, argument, count, text, error }: PeerEvent): Uint8Array<ArrayBuffer> {
  const code = encodeUtf8(error ?? '');
  const tail = encodeUtf8(text);
  const payload = new Uint8Array(EVENT_BYTES + code.length + tail.length);
  writeTime(payload, 0, at);
  payload[TIME_BYTES] = Call[call];
  writeU32(payload, TIME_BYTES + 1, argument ?? NO_ARGUMENT);
  writeU32(payload, TIME_BYTES + 5, count);
  payload[TIME_BYTES + 9] = code.length;
  payload.set(code, EVENT_BYTES);
  payload.set(tail, EVENT_BYTES + code.length);
  return payload;
}
export function decodeEvent(payload: Uint8Array): PeerEvent {
  need(payload, EVENT_BYTES, 'EVENT');
  const call = CALL_OF_NUMBER.get(payload[TIME_BYTES] as number);
  if (call === undefined) throw new PlaygroundError('MESSAGE_INVALID', `call ${payload[TIME_BYTES]}`);
  const argument = readU32(payload, TIME_BYTES + 1);
  const textStart = EVENT_BYTES + (payload[TIME_BYTES + 9] as number);
  need(payload, textStart, 'EVENT');
  const code = decodeUtf8Lenient(payload.subarray(EVENT_BYTES, textStart));
  return {
    at: readTime(payload, 0),
    call,
    argument: argument === NO_ARGUMENT ? undefined : argument,
    count: readU32(payload, TIME_BYTES + 5),
    text: decodeUtf8Lenient(payload.subarray(textStart)),
    error: code === '' ? undefined : toSocketErrorCode(code),
  };
}
