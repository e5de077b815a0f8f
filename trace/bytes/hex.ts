import { PlaygroundError } from '../../protocol/errors.ts';

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const PREFIX = /0x|\\x/iy;

/** Two lowercase digits a byte: `toHex(bytes)` is `0a0b`, `toHex(bytes, ' ')` is `0a 0b`. */
export function toHex(bytes: Uint8Array, separator = ''): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 1) {
    if (index > 0) text += separator;
    text += HEX_OF_BYTE[bytes[index] as number];
  }
  return text;
}

/** The value of one hexadecimal digit, as a UTF-16 unit; -1 if it is none. */
export function digitValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

/**
 * Reads two digits a byte. Blanks, line ends, commas, colons and hyphens may stand between bytes, `0x` before any group and `\\x`
 * before any byte, so that hex dumps, C arrays, addresses of hardware, Python's escapes and a dense row of digits can be pasted alike.
 * @throws {PlaygroundError} HEX_INVALID with the position of the first character that cannot be, or of the odd digit.
 */
export function parseHex(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let isGroupStart = true;
  let index = 0;
  while (index < text.length) {
    if (isSeparator(text.charAt(index))) {
      isGroupStart = true;
      index += 1;
      continue;
    }
    if (isGroupStart || text.charAt(index) === '\\') index = skipPrefix(text, index);
    isGroupStart = false;
    bytes.push((digitAt(text, index, index) << 4) | digitAt(text, index + 1, index));
    index += 2;
  }
  return Uint8Array.from(bytes);
}

function isSeparator(character: string): boolean {
  return /[\s,:-]/.test(character);
}

function skipPrefix(text: string, index: number): number {
  PREFIX.lastIndex = index;
  return PREFIX.test(text) ? index + 2 : index;
}

function digitAt(text: string, index: number, byteStart: number): number {
  const value = digitValue(text.charCodeAt(index));
  if (value >= 0) return value;
  const isEnd = index >= text.length || isSeparator(text.charAt(index));
  if (isEnd && index > byteStart) {
    throw new PlaygroundError('HEX_INVALID', 'a digit without its pair', { position: byteStart });
  }
  const found = isEnd ? 'no digits after 0x' : `${JSON.stringify(characterAt(text, index))} is no hexadecimal digit`;
  throw new PlaygroundError('HEX_INVALID', found, { position: Math.min(index, text.length) });
}

function characterAt(text: string, index: number): string {
  return String.fromCodePoint(text.codePointAt(index) as number);
}
