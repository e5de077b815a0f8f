import { PlaygroundError } from '../../protocol/errors.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { digitValue, toHex } from './hex.ts';
import { decodeUtf8Segments } from './utf8-segments.ts';

/** The escapes of one letter, as C and Python have them, and \e (ESC) as shells do. */
const BYTE_OF_LETTER: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['b', 0x08],
  ['t', 0x09],
  ['n', 0x0a],
  ['v', 0x0b],
  ['f', 0x0c],
  ['r', 0x0d],
  ['e', 0x1b],
  ['\\', 0x5c],
  ["'", 0x27],
  ['"', 0x22],
]);
const LETTER_OF_BYTE: ReadonlyMap<number, string> = new Map(
  [...BYTE_OF_LETTER].filter(([, byte]) => byte !== 0x27 && byte !== 0x22).map(([letter, byte]) => [byte, letter]),
);
/** Control, format (bidi among them), unassigned, private: nothing that a reader would see; and blanks but the space. */
const UNSEEN = /[\p{C}\p{Z}]/u;

/** What an escape stands for, and where the text goes on. */
type Escape = { readonly bytes: Iterable<number>; readonly end: number };

/**
 * Text with escapes, as bytes: `\n \r \t \a \b \f \v \e \\ \' \"`, `\0` and up to three octal digits (at most \377),
 * `\xHH` one byte, `\uHHHH` (two for a surrogate pair) and `\u{…}` one code point as UTF-8; all else as UTF-8.
 * @throws {PlaygroundError} ESCAPE_INVALID with the position of the backslash and the reason.
 */
export function parseEscapes(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let index = 0;
  while (index < text.length) {
    const backslash = text.indexOf('\\', index);
    const plain = text.slice(index, backslash < 0 ? text.length : backslash);
    for (const byte of encodePlain(plain, index)) bytes.push(byte);
    if (backslash < 0) break;
    const { bytes: escaped, end } = escapeAt(text, backslash);
    for (const byte of escaped) bytes.push(byte);
    index = end;
  }
  return Uint8Array.from(bytes);
}

/** The escapes that `parseEscapes` reads back to the same bytes; well-formed UTF-8 that can be seen stays as it is. */
export function formatEscapes(bytes: Uint8Array): string {
  let text = '';
  for (const segment of decodeUtf8Segments(bytes)) {
    if (segment.text === undefined) text += escapeBytes(bytes.subarray(segment.start, segment.end));
    else for (const character of segment.text) text += formatCharacter(character);
  }
  return text;
}

function formatCharacter(character: string): string {
  const code = character.codePointAt(0) as number;
  const letter = LETTER_OF_BYTE.get(code);
  if (letter !== undefined) return `\\${letter}`;
  if (code < 0x20 || code === 0x7f) return escapeBytes([code]);
  return character !== ' ' && UNSEEN.test(character) ? `\\u{${code.toString(16)}}` : character;
}

function escapeBytes(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => `\\x${toHex(Uint8Array.of(byte))}`).join('');
}

function encodePlain(text: string, start: number): Uint8Array {
  if (!text.isWellFormed()) {
    const position = start + text.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
    throw new PlaygroundError('ESCAPE_INVALID', 'half a surrogate pair has no UTF-8', { position });
  }
  return encodeUtf8(text);
}

function escapeAt(text: string, backslash: number): Escape {
  const letter = text.charAt(backslash + 1);
  const byte = BYTE_OF_LETTER.get(letter);
  if (byte !== undefined) return { bytes: [byte], end: backslash + 2 };
  if (letter === 'x') return { bytes: [hexAt(text, backslash, backslash + 2, 2)], end: backslash + 4 };
  if (letter === 'u') return codePointAt(text, backslash);
  if (letter >= '0' && letter <= '7') return octalAt(text, backslash);
  const reason =
    letter === '' ? 'a backslash at the end' : `no escape \\${text.slice(backslash + 1).match(/./su)?.[0]}`;
  throw new PlaygroundError('ESCAPE_INVALID', reason, { position: backslash });
}

function octalAt(text: string, backslash: number): Escape {
  const digits = /^[0-7]{1,3}/.exec(text.slice(backslash + 1, backslash + 4))?.[0] as string;
  const byte = Number.parseInt(digits, 8);
  if (byte > 0xff) {
    throw new PlaygroundError('ESCAPE_INVALID', `\\${digits} is more than a byte (\\377)`, { position: backslash });
  }
  return { bytes: [byte], end: backslash + 1 + digits.length };
}

function codePointAt(text: string, backslash: number): Escape {
  if (text.charAt(backslash + 2) === '{') return bracedCodePointAt(text, backslash);
  const end = backslash + 6;
  const first = hexAt(text, backslash, backslash + 2, 4);
  if (isHighSurrogate(first) && text.startsWith('\\u', end) && text.charAt(end + 2) !== '{') {
    const pair = String.fromCharCode(first, hexAt(text, end, end + 2, 4));
    if (pair.isWellFormed()) return { bytes: encodeUtf8(pair), end: end + 6 };
  }
  return { bytes: encodeCodePoint(first, backslash), end };
}

function bracedCodePointAt(text: string, backslash: number): Escape {
  const start = backslash + 3;
  const close = text.indexOf('}', start);
  const digits = close < 0 ? '' : text.slice(start, close);
  if (!/^[0-9a-f]{1,6}$/i.test(digits)) {
    throw new PlaygroundError('ESCAPE_INVALID', '\\u{ } takes 1 to 6 hexadecimal digits', { position: backslash });
  }
  return { bytes: encodeCodePoint(Number.parseInt(digits, 16), backslash), end: close + 1 };
}

function encodeCodePoint(code: number, backslash: number): Uint8Array {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    const reason = code > 0x10ffff ? 'the last code point is \\u{10ffff}' : 'half a surrogate pair has no UTF-8';
    throw new PlaygroundError('ESCAPE_INVALID', reason, { position: backslash });
  }
  return encodeUtf8(String.fromCodePoint(code));
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function hexAt(text: string, backslash: number, start: number, digits: number): number {
  let value = 0;
  for (let index = start; index < start + digits; index += 1) {
    const digit = digitValue(text.charCodeAt(index));
    if (digit < 0) {
      const reason = `${text.slice(backslash, backslash + 2)} takes ${digits} hexadecimal digits`;
      throw new PlaygroundError('ESCAPE_INVALID', reason, { position: backslash });
    }
    value = value * 16 + digit;
  }
  return value;
}
