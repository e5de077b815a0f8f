import type { ByteCount } from '../../../protocol/units.ts';
import { decodeUtf8Segments, type Utf8Segment } from '../../../trace/bytes/utf8-segments.ts';

type Bytes = { readonly slice: (offset: ByteCount, count: ByteCount) => Uint8Array };
/** No sequence of UTF-8 is longer (RFC 3629 §3). */
const LONGEST: ByteCount = 4;

/** A run of a call's bytes as text; a broken one says whether it is whole once the calls before or after are joined. */
export type TextRun = Utf8Segment & { readonly isCut: 'before' | 'after' | undefined };

/**
 * The bytes at `offset` of a stream as text. TCP knows no characters: a call's first or last bytes may be a part of one
 * whose rest another call moved. Such a part is told from bytes that are broken wherever they are cut.
 */
export function textRuns(stream: Bytes, offset: ByteCount, count: ByteCount): TextRun[] {
  const bytes = stream.slice(offset, count);
  return decodeUtf8Segments(bytes).map((segment) => {
    const isBroken = segment.text === undefined;
    if (isBroken && segment.start < LONGEST && isWhole(stream, offset + segment.start, offset))
      return { ...segment, isCut: 'before' };
    if (isBroken && segment.end === count && isWhole(stream, offset + segment.start, offset + count))
      return { ...segment, isCut: 'after' };
    return { ...segment, isCut: undefined };
  });
}

/** Whether the byte at `at` is in a whole character of the stream that reaches across `border`. */
function isWhole(stream: Bytes, at: ByteCount, border: ByteCount): boolean {
  for (let start = Math.max(0, border - LONGEST + 1); start < border; start += 1) {
    const [first] = decodeUtf8Segments(stream.slice(start, LONGEST)) as [Utf8Segment?];
    if (first?.text === undefined) continue;
    const length = lengthOfFirst(first.text);
    if (start + length > border && at >= start && at < start + length) return true;
  }
  return false;
}

/** Bytes of the first character. */
function lengthOfFirst(text: string): ByteCount {
  const code = text.codePointAt(0) as number;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x1_0000 ? 3 : 4;
}
