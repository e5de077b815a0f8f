import { PlaygroundError } from '../../protocol/errors.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_OF_UNIT = new Map(Array.from(ALPHABET, (character, value) => [character.charCodeAt(0), value]));
const PADDING = '='.charCodeAt(0);

/** RFC 4648 §4, padded, on one line. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index;
    const group = (byteAt(bytes, index) << 16) | (byteAt(bytes, index + 1) << 8) | byteAt(bytes, index + 2);
    text += ALPHABET.charAt(group >>> 18) + ALPHABET.charAt((group >>> 12) & 63);
    text += left > 1 ? ALPHABET.charAt((group >>> 6) & 63) : '=';
    text += left > 2 ? ALPHABET.charAt(group & 63) : '=';
  }
  return text;
}

/**
 * RFC 4648 §4, strict: padded, no other character, unused bits 0, so that every value has exactly one text.
 * @throws {PlaygroundError} MESSAGE_INVALID with the position of what cannot be.
 */
export function parseBase64(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 !== 0) throw invalid('its length is no multiple of 4', text.length);
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let bitCount = 0;
  let count = 0;
  for (let index = 0; index < digits; index += 1) {
    const value = VALUE_OF_UNIT.get(text.charCodeAt(index));
    if (value === undefined) throw invalid(unexpected(text, index), index);
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    bytes[count] = bits >>> bitCount;
    count += 1;
  }
  if ((bits & ((1 << bitCount) - 1)) !== 0) throw invalid('the bits past the last byte are not 0', digits - 1);
  return bytes;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
function unexpected(text: string, index: number): string {
  return text.charCodeAt(index) === PADDING ? '= before the end' : `${JSON.stringify(text[index])} is no Base64 digit`;
}
function invalid(reason: string, position: number): PlaygroundError {
  return new PlaygroundError('MESSAGE_INVALID', `Base64: ${reason}`, { position });
}
