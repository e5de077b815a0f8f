import { PlaygroundError } from './errors.ts';
import type { ByteCount } from './units.ts';

/**
 * One binary WebSocket message carries one or more gateway frames, whole, back to back; frames that wait together travel
 * together, and each keeps its own boundary and number.
 *
 *      0        1            3            7            11
 *     +--------+------------+------------+------------+----------------------+
 *     | type u8| length u16 | seq u32    | stream u32 | payload, length bytes|     network byte order
 *     +--------+------------+------------+------------+----------------------+
 *
 *     seq     0: unnumbered control, lost with its WebSocket; ≥ 1: reliable, +1 per frame and direction
 *     stream  0: the session; odd: opened by the browser; even: by the gateway; never reused within a session
 */
export const HEADER_BYTES: ByteCount = 11;
/** What the length field takes. */
export const PAYLOAD_BYTES_MAX: ByteCount = 65_535;
/** What a DATA frame carries at the most. */
export const DATA_BYTES_MAX: ByteCount = 32_768;
/** A PING's payload: as much as WebSocket's own takes (RFC 6455 §5.5). It costs one frame and is sent back whole. */
export const PING_BYTES_MAX: ByteCount = 125;
/** The n of the gateway's recv(n) on a connection, unless asked otherwise: what the page shows, so both have it from here. */
export const RECEIVE_BYTES: ByteCount = 32_768;
/** The largest UDP payload over IPv4: 65,535 less the IP and UDP headers (RFC 768, RFC 791). */
export const DATAGRAM_BYTES_MAX: ByteCount = 65_507;
/** The same over IPv6, whose length does not count its own header (RFC 8200 §3): more than one frame takes. */
export const DATAGRAM6_BYTES_MAX: ByteCount = 65_527;
/** No WebSocket message is longer: one full datagram frame still fits, with room for its addresses. */
export const MESSAGE_BYTES_MAX: ByteCount = 66_560;

export const FrameType = {
  HELLO: 0x01,
  WELCOME: 0x02,
  ACK: 0x03,
  PING: 0x04,
  PONG: 0x05,
  STATS: 0x06,
  GOAWAY: 0x07,
  WATCH: 0x08,
  GRID: 0x09,
  MIRROR: 0x0a,
  OPEN: 0x10,
  OPENED: 0x11,
  DATA: 0x12,
  CREDIT: 0x13,
  FIN: 0x14,
  RST: 0x15,
  CLOSE: 0x16,
  CLOSED: 0x17,
  DGRAM: 0x18,
  PENDING: 0x19,
  ACCEPT: 0x1a,
  ACCEPTED: 0x1b,
  EVENT: 0x1c,
  SENT: 0x1d,
  CALL: 0x1e,
  RESULT: 0x1f,
  ROOM: 0x20,
  MIRROR_UP: 0x21,
} as const;
export type FrameType = (typeof FrameType)[keyof typeof FrameType];

export type Frame = {
  readonly type: FrameType;
  readonly seq: number;
  readonly stream: number;
  readonly payload: Uint8Array;
};

const KNOWN = new Set<number>(Object.values(FrameType));

function isFrameType(type: number): type is FrameType {
  return KNOWN.has(type);
}

/** Types below 0x10 are unnumbered: they repeat, or mean nothing after a reconnect. */
export function isNumbered(type: FrameType): boolean {
  return type >= FrameType.OPEN;
}

/** Appends one frame at `offset` and returns where the next may begin. The target must have room for it. */
export function writeFrame(target: Uint8Array, offset: number, frame: Frame): number {
  writeHeader(target, offset, frame);
  target.set(frame.payload, offset + HEADER_BYTES);
  return offset + HEADER_BYTES + frame.payload.length;
}

function writeHeader(target: Uint8Array, offset: number, { type, seq, stream, payload }: Frame): void {
  target[offset] = type;
  target[offset + 1] = payload.length >>> 8;
  target[offset + 2] = payload.length;
  writeU32(target, offset + 3, seq);
  writeU32(target, offset + 7, stream);
}

/** Stands where the header will be: no type of frame, and no bytes that lie there by chance. */
const BLANK_HEADER = Uint8Array.of(0xff, 0x8b, 0x1c, 0x5d, 0x3e, 0x6a, 0x92, 0xf7, 0x44, 0xd1, 0x0b);
const BLANK_HEAD = readU32(BLANK_HEADER, 0);
const BLANK_TAIL = readU32(BLANK_HEADER, HEADER_BYTES - 4);

/**
 * A payload with room for its frame's header before it: sent alone, it need not be copied again. Whoever asks for one may
 * write to it until it is sent. `message`: where both belong, from the start of a buffer that is as long or longer.
 */
export function createPayload(
  length: ByteCount,
  message = new Uint8Array(HEADER_BYTES + length),
): Uint8Array<ArrayBuffer> {
  message.set(BLANK_HEADER);
  return message.subarray(HEADER_BYTES);
}

/** The message that a payload of `createPayload` stands in, while its header has not been written. */
function blankMessageOf({ buffer, byteOffset, length }: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (byteOffset !== HEADER_BYTES || !(buffer instanceof ArrayBuffer)) return undefined;
  const message = new Uint8Array(buffer, 0, HEADER_BYTES + length);
  const isBlank = readU32(message, 0) === BLANK_HEAD && readU32(message, HEADER_BYTES - 4) === BLANK_TAIL;
  return isBlank ? message : undefined;
}

/** Is it one of `createPayload` whose header has not been written yet? */
export function hasHeaderRoom(payload: Uint8Array): boolean {
  return blankMessageOf(payload) !== undefined;
}

/**
 * The frame of a payload of `createPayload`, written around it. Undefined for any other payload, and the second time: a
 * message that is kept for replay must not change.
 */
export function wrapPayload(frame: Frame): Uint8Array<ArrayBuffer> | undefined {
  const message = blankMessageOf(frame.payload);
  if (message) writeHeader(message, 0, frame);
  return message;
}

/** @throws {PlaygroundError} FRAME_INVALID: the payload does not fit the length field. */
export function assertPayloadFits(payload: Uint8Array): void {
  if (payload.length > PAYLOAD_BYTES_MAX) throw new PlaygroundError('FRAME_INVALID', `${payload.length}-byte payload`);
}

/** @throws {PlaygroundError} FRAME_INVALID: the payload does not fit the length field. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  assertPayloadFits(frame.payload);
  const bytes = new Uint8Array(HEADER_BYTES + frame.payload.length);
  writeFrame(bytes, 0, frame);
  return bytes;
}

/**
 * Reads all frames of one WebSocket message, in order; payloads are views, not copies.
 * @throws {PlaygroundError} FRAME_INVALID: empty message, unknown type, a type with a seq that it must not have or
 *   without one that it must, an unnumbered type on a stream, a frame that runs past the message's end, an empty DATA, a PING
 *   or PONG that is too long.
 */
export function decodeFrames(message: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  let offset = 0;
  do {
    const end = endOfFrame(message, offset);
    frames.push({
      type: message[offset] as FrameType,
      seq: readU32(message, offset + 3),
      stream: readU32(message, offset + 7),
      payload: message.subarray(offset + HEADER_BYTES, end),
    });
    offset = end;
  } while (offset < message.length);
  return frames;
}

/** Where the frame that begins at `offset` ends. @throws {PlaygroundError} FRAME_INVALID: as of {@link decodeFrames} */
export function endOfFrame(message: Uint8Array, offset: number): number {
  if (message.length - offset < HEADER_BYTES) {
    throw new PlaygroundError('FRAME_INVALID', `${message.length - offset} bytes where a frame header belongs`);
  }
  const type = message[offset] as number;
  if (!isFrameType(type)) throw new PlaygroundError('FRAME_INVALID', `frame type ${type}`);
  const end = offset + HEADER_BYTES + (((message[offset + 1] as number) << 8) | (message[offset + 2] as number));
  if (end > message.length) {
    throw new PlaygroundError('FRAME_INVALID', `payload runs ${end - message.length} bytes past the message`);
  }
  assertLength(type, end - offset - HEADER_BYTES);
  const seq = readU32(message, offset + 3);
  if (isNumbered(type) !== seq > 0) throw new PlaygroundError('FRAME_INVALID', `frame type ${type} with seq ${seq}`);
  const stream = readU32(message, offset + 7);
  if (seq === 0 && stream !== 0) throw new PlaygroundError('FRAME_INVALID', `frame type ${type} on stream ${stream}`);
  return end;
}

/** What a length alone says is wrong. Nothing to send is no send(2): it would cost no credit, and wait like any other. */
function assertLength(type: FrameType, length: ByteCount): void {
  if (type === FrameType.DATA && length === 0) throw new PlaygroundError('FRAME_INVALID', 'an empty DATA');
  const isEcho = type === FrameType.PING || type === FrameType.PONG;
  if (isEcho && length > PING_BYTES_MAX) throw new PlaygroundError('FRAME_INVALID', `${length}-byte PING or PONG`);
}

export function readU32(bytes: Uint8Array, offset: number): number {
  return (
    (((bytes[offset] as number) << 24) |
      ((bytes[offset + 1] as number) << 16) |
      ((bytes[offset + 2] as number) << 8) |
      (bytes[offset + 3] as number)) >>>
    0
  );
}

export function writeU32(target: Uint8Array, offset: number, value: number): void {
  target[offset] = value >>> 24;
  target[offset + 1] = value >>> 16;
  target[offset + 2] = value >>> 8;
  target[offset + 3] = value;
}
