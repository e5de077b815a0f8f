import { PlaygroundError } from '../../../protocol/errors.ts';
import { pythonBytesRepr } from '../../../protocol/python-repr.ts';
import type { ByteCount } from '../../../protocol/units.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';

// Bytes and text as source code. All of it is printable ASCII: nothing that was recorded can end a literal, begin a
// comment, or look to a reader like something else than it is (bidi controls, look-alikes).

const LF = 0x0a;
const ROW_BYTES: ByteCount = 64;

/** Bytes in rows as a reader would break them: after each line feed, and where a row is full. */
export function rowsOf(bytes: Uint8Array): Uint8Array[] {
  const rows: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index] !== LF && index - start < ROW_BYTES - 1) continue;
    rows.push(bytes.subarray(start, index + 1));
    start = index + 1;
  }
  if (start < bytes.length || rows.length === 0) rows.push(bytes.subarray(start));
  return rows;
}

export function pythonBytes(bytes: Uint8Array): string {
  return pythonBytesRepr(bytes);
}

export function pythonString(text: string): string {
  return quote(text, (code) => `\\U${code.toString(16).padStart(8, '0')}`);
}

/** A string of one character a byte (Latin-1). */
export function javascriptBytes(bytes: Uint8Array): string {
  return `'${Array.from(bytes, javascriptByte).join('')}'`;
}
function javascriptByte(byte: number): string {
  const letter = LETTERS.get(byte);
  if (letter) return letter;
  if (isPlain(byte) && byte !== 0x27) return String.fromCharCode(byte);
  return byte === 0x27 || byte === 0x5c ? `\\${String.fromCharCode(byte)}` : `\\x${hex(byte)}`;
}

export function javascriptString(text: string): string {
  return quote(text, (code) => `\\u{${code.toString(16)}}`);
}

/**
 * Octal escapes always have three digits, so that a digit that follows is never taken for one of theirs; a question
 * mark is escaped, or two of them would begin a trigraph.
 */
export function cBytes(bytes: Uint8Array): string {
  return `"${Array.from(bytes, cByte).join('')}"`;
}
function cByte(byte: number): string {
  const letter = LETTERS.get(byte);
  if (letter) return letter;
  if (byte === 0x22 || byte === 0x5c || byte === 0x3f) return `\\${String.fromCharCode(byte)}`;
  return isPlain(byte) ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
}

export function cString(text: string): string {
  return cBytes(encodeUtf8(text));
}

/**
 * One word of a POSIX shell, or of bash where it is not ASCII.
 * @throws {PlaygroundError} UNSUPPORTED: a shell's words cannot have a NUL.
 */
export function shellWord(text: string): string {
  const bytes = encodeUtf8(text);
  if (bytes.includes(0)) throw new PlaygroundError('UNSUPPORTED', 'a word of the shell cannot have a NUL');
  if (bytes.every((byte) => isPlain(byte) || byte === 0x5c)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const unit = (byte: number) => (isPlain(byte) && byte !== 0x27 ? String.fromCharCode(byte) : octal(byte));
  return `$'${Array.from(bytes, unit).join('')}'`;
}

const LETTERS: ReadonlyMap<number, string> = new Map([
  [0x09, '\\t'],
  [LF, '\\n'],
  [0x0d, '\\r'],
]);

/** Printable ASCII but the backslash. */
function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e && byte !== 0x5c;
}
function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}

/** Single quotes, which Python and JavaScript share, as they do `\\` and `\'`. */
function quote(text: string, escapeOf: (code: number) => string): string {
  const units = Array.from(text, (character) => {
    const code = character.codePointAt(0) as number;
    if (character === '\\' || character === "'") return `\\${character}`;
    return code >= 0x20 && code <= 0x7e ? character : escapeOf(code);
  });
  return `'${units.join('')}'`;
}
