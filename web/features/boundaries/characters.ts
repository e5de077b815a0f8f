import type { ByteCount } from '../../../protocol/units.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { toHex } from '../../../trace/bytes/hex.ts';
import { decodeUtf8Segments } from '../../../trace/bytes/utf8-segments.ts';
import { previewText } from '../../../trace/text/preview.ts';

/** What stands at some bytes: a character of UTF-8 with all of its bytes, or one byte that is no text, as hex. */
export type Character = {
  readonly at: ByteCount;
  readonly size: ByteCount;
  readonly text: string;
  readonly isBroken: boolean;
};

export function charactersOf(bytes: Uint8Array): Character[] {
  const found: Character[] = [];
  for (const { start, end, text } of decodeUtf8Segments(bytes)) {
    if (text === undefined) {
      for (let at = start; at < end; at += 1) {
        found.push({ at, size: 1, text: toHex(bytes.subarray(at, at + 1)), isBroken: true });
      }
      continue;
    }
    let at = start;
    for (const character of text) {
      const encoded = encodeUtf8(character);
      found.push({ at, size: encoded.length, text: previewText(encoded), isBroken: false });
      at += encoded.length;
    }
  }
  return found;
}
