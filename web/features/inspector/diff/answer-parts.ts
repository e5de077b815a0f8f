import type { ByteCount } from '../../../../protocol/units.ts';

/** A part of an echo server's answer: the time it was written, or the Python repr of what the server had received. */
export type AnswerPart = { readonly kind: 'time' | 'repr'; readonly start: ByteCount; readonly end: ByteCount };

/** What C's ctime prints in its own locale, alone or in brackets, and a repr of bytes where one follows. */
const TIME =
  /\[?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{4}\]?/g;
/** `b'…'` or `b"…"` up to its closing quote; where the bytes end before it, up to their end. */
const REPR = / (b(?:'(?:[^'\\]|\\.)*(?:'|\\?$)|"(?:[^"\\]|\\.)*(?:"|\\?$)))/sy;

/** The parts of all answers in these bytes, in their order. */
export function answerParts(bytes: Uint8Array): AnswerPart[] {
  // One unit for each byte, so that positions in the text are offsets.
  const text = latin1(bytes);
  const parts: AnswerPart[] = [];
  TIME.lastIndex = 0;
  for (let time = TIME.exec(text); time !== null; time = TIME.exec(text)) {
    const end = time.index + time[0].length;
    parts.push({ kind: 'time', start: time.index, end });
    REPR.lastIndex = end;
    const repr = REPR.exec(text);
    if (repr === null) continue;
    parts.push({ kind: 'repr', start: end + 1, end: REPR.lastIndex });
    TIME.lastIndex = REPR.lastIndex; // a time within the repr is what the client sent
  }
  return parts;
}

/** The part that holds the byte at `offset`. */
export function partAt(parts: readonly AnswerPart[], offset: ByteCount): AnswerPart | undefined {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((parts[middle] as AnswerPart).end <= offset) low = middle + 1;
    else high = middle;
  }
  const part = parts[low];
  return part !== undefined && part.start <= offset ? part : undefined;
}

const UNITS_AT_ONCE = 8_192;
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += UNITS_AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(start, start + UNITS_AT_ONCE));
  }
  return text;
}
