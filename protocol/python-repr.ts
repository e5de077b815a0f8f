const SINGLE_QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TILDE = 0x7e;

/** The bytes that Python writes with a letter of their own; other unprintable ones become `\x1b`. */
const LETTER_ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r' };

/**
 * What Python's `repr(bytes)` prints: `b'hello python'`. The quotes are double ones where the bytes have a single quote
 * and no double one (CPython, Objects/bytesobject.c, PyBytes_Repr).
 */
export function pythonBytesRepr(bytes: Uint8Array): string {
  const quote = bytes.includes(SINGLE_QUOTE) && !bytes.includes(DOUBLE_QUOTE) ? DOUBLE_QUOTE : SINGLE_QUOTE;
  let text = '';
  for (const byte of bytes) text += reprOf(byte, quote);
  const mark = String.fromCharCode(quote);
  return `b${mark}${text}${mark}`;
}

function reprOf(byte: number, quote: number): string {
  if (byte === quote || byte === BACKSLASH) return `\\${String.fromCharCode(byte)}`;
  if (byte >= SPACE && byte <= TILDE) return String.fromCharCode(byte);
  return LETTER_ESCAPES[byte] ?? `\\x${byte.toString(16).padStart(2, '0')}`;
}
