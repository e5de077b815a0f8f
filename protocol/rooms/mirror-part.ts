import { PlaygroundError } from '../errors.ts';
import { PAYLOAD_BYTES_MAX, readU32, writeU32 } from '../frame.ts';
import type { ByteCount } from '../units.ts';

/** Which mirror it is, before a part of it in MIRROR: MIRROR_UP needs none, for a page has one. */
const MIRROR_BYTES: ByteCount = 4;
/** `part`, what it is, which piece of how many. */
const PART_BYTES: ByteCount = 7;
/** What a piece has room for, in either direction. */
export const PIECE_BYTES_MAX: ByteCount = PAYLOAD_BYTES_MAX - MIRROR_BYTES - PART_BYTES;
/** A snapshot's. */
const PIECES_MAX = 8;

const KINDS = { snapshot: 1, delta: 2 } as const;
export type MirrorKind = keyof typeof KINDS;

/**
 * A snapshot of a page, or what has happened since the part before; a long one in several pieces, each with a number of its own.
 *
 *     0            4        5        6      7
 *     +------------+--------+--------+------+-------------+
 *     | part u32   | kind u8| piece u8| of u8| UTF-8, JSON |     MIRROR: u32 before it, the mirror's number
 *     +------------+--------+--------+------+-------------+
 */
export type MirrorPart = {
  /** 1 more than the last one: a gap, and the next snapshot must be waited for. */
  readonly part: number;
  readonly kind: MirrorKind;
  readonly piece: number;
  readonly of: number;
  readonly bytes: Uint8Array;
};

export function encodeMirrorUp({ part, kind, piece, of, bytes }: MirrorPart): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(PART_BYTES + bytes.length);
  writeU32(payload, 0, part);
  payload[4] = KINDS[kind];
  payload[5] = piece;
  payload[6] = of;
  payload.set(bytes, PART_BYTES);
  return payload;
}

/** @throws {PlaygroundError} MESSAGE_INVALID */
export function decodeMirrorUp(payload: Uint8Array): MirrorPart {
  if (payload.length <= PART_BYTES) throw new PlaygroundError('MESSAGE_INVALID', `a mirror of ${payload.length} bytes`);
  const [kind, piece, of] = payload.subarray(4, PART_BYTES) as unknown as [number, number, number];
  const isKnown = kind === KINDS.snapshot || kind === KINDS.delta;
  if (!isKnown || piece >= of || of > PIECES_MAX || payload.length - PART_BYTES > PIECE_BYTES_MAX) {
    throw new PlaygroundError('MESSAGE_INVALID', `mirror kind ${kind}, piece ${piece} of ${of}`);
  }
  const name = kind === KINDS.snapshot ? 'snapshot' : 'delta';
  return { part: readU32(payload, 0), kind: name, piece, of, bytes: payload.subarray(PART_BYTES) };
}

/** MIRROR of what MIRROR_UP brought: one buffer for all who look. */
export function mirrorDown(mirror: number, up: Uint8Array): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(MIRROR_BYTES + up.length);
  writeU32(payload, 0, mirror);
  payload.set(up, MIRROR_BYTES);
  return payload;
}

/** @throws {PlaygroundError} MESSAGE_INVALID */
export function decodeMirror(payload: Uint8Array): MirrorPart & { readonly mirror: number } {
  if (payload.length <= MIRROR_BYTES) throw new PlaygroundError('MESSAGE_INVALID', 'a mirror without a number');
  return { mirror: readU32(payload, 0), ...decodeMirrorUp(payload.subarray(MIRROR_BYTES)) };
}
