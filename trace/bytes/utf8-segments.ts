import type { ByteCount } from '../../protocol/units.ts';
import { decodeUtf8 } from '../../protocol/utf8.ts';

/** A run of bytes, `start` to `end` (exclusive): well-formed UTF-8 with its text, or one broken sequence without. */
export type Utf8Segment = { readonly start: ByteCount; readonly end: ByteCount; readonly text: string | undefined };

/**
 * Cuts bytes into well-formed runs and broken sequences. A broken one is a maximal subpart of an ill-formed subsequence
 * (The Unicode Standard §3.9, U+FFFD Substitution of Maximal Subparts): what a decoder shows as one U+FFFD.
 */
export function decodeUtf8Segments(bytes: Uint8Array): Utf8Segment[] {
  const segments: Utf8Segment[] = [];
  let runStart = 0;
  let index = 0;
  const endRun = (): void => {
    if (index > runStart) segments.push(textSegment(bytes, runStart, index));
  };
  while (index < bytes.length) {
    const { length, isWhole } = sequenceAt(bytes, index);
    if (!isWhole) {
      endRun();
      segments.push({ start: index, end: index + length, text: undefined });
      runStart = index + length;
    }
    index += length;
  }
  endRun();
  return segments;
}

function textSegment(bytes: Uint8Array, start: ByteCount, end: ByteCount): Utf8Segment {
  return { start, end, text: decodeUtf8(bytes.subarray(start, end)) };
}

/** The sequence that begins at `index`; where it is broken, `length` is that of its maximal subpart. */
function sequenceAt(bytes: Uint8Array, index: number): { length: ByteCount; isWhole: boolean } {
  const lead = bytes[index] as number;
  const need = sequenceLength(lead);
  if (need === 0) return { length: 1, isWhole: false };
  for (let length = 1; length < need; length += 1) {
    const byte = bytes[index + length];
    if (byte === undefined || !isContinuation(lead, length, byte)) return { length, isWhole: false };
  }
  return { length: need, isWhole: true };
}

/** How long a sequence with this first byte is; 0 if none begins with it (Table 3-7). */
function sequenceLength(lead: number): ByteCount {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0; // a continuation byte, or the lead of an overlong form
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/** Table 3-7: the second byte is narrower after E0 and F0 (overlong), ED (surrogates) and F4 (past U+10FFFF). */
function isContinuation(lead: number, place: number, byte: number): boolean {
  let low = 0x80;
  let high = 0xbf;
  if (place === 1) {
    if (lead === 0xe0) low = 0xa0;
    else if (lead === 0xed) high = 0x9f;
    else if (lead === 0xf0) low = 0x90;
    else if (lead === 0xf4) high = 0x8f;
  }
  return byte >= low && byte <= high;
}
