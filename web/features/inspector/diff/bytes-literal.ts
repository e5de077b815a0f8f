/** One byte of a Python literal, and where it is written: `\xe4` takes four characters. */
export type LiteralByte = { readonly byte: number; readonly start: number; readonly end: number };

const LETTERS: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, r: 0x0d, '\\': 0x5c, "'": 0x27, '"': 0x22 };

/**
 * Reads what Python's `repr(bytes)` wrote, from `start` (the b) to `end`: a literal that is cut short is read as far as it
 * is whole. Undefined: there is none.
 */
export function readBytesLiteral(text: string, start: number, end: number): LiteralByte[] | undefined {
  const quote = text[start + 1];
  if (text[start] !== 'b' || (quote !== "'" && quote !== '"')) return undefined;
  const bytes: LiteralByte[] = [];
  let index = start + 2;
  while (index < end && text[index] !== quote) {
    const next = byteAt(text, index, end);
    if (next === undefined) break;
    bytes.push(next);
    index = next.end;
  }
  return bytes;
}

function byteAt(text: string, start: number, end: number): LiteralByte | undefined {
  if (text[start] !== '\\') return { byte: text.charCodeAt(start), start, end: start + 1 };
  const letter = text[start + 1];
  if (letter === undefined || start + 1 >= end) return undefined;
  if (letter !== 'x') {
    const byte = LETTERS[letter];
    return byte === undefined ? undefined : { byte, start, end: start + 2 };
  }
  const digits = text.slice(start + 2, Math.min(end, start + 4));
  return /^[0-9a-f]{2}$/.test(digits) ? { byte: Number.parseInt(digits, 16), start, end: start + 4 } : undefined;
}
