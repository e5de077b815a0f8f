import { parseHex } from '../../trace/bytes/hex.ts';

/** A string is its UTF-8. */
export type BytesLike = string | Uint8Array | readonly number[];

/** A copy. @throws {RangeError} a number that is no byte */
export function toBytes(data: BytesLike): Uint8Array<ArrayBuffer> {
  if (typeof data === 'string') return new TextEncoder().encode(data);
  if (data instanceof Uint8Array) return Uint8Array.from(data);
  const wrong = data.find((value) => !Number.isInteger(value) || value < 0 || value > 255);
  if (wrong !== undefined) throw new RangeError(`${wrong} is no byte`);
  return Uint8Array.from(data);
}

/** `hex('50 49 0x4e,47')`. @throws {PlaygroundError} HEX_INVALID: half a byte, or no digit */
export function hex(text: string): Uint8Array<ArrayBuffer> {
  return parseHex(text);
}
