import type { ByteCount } from '../../../../protocol/units.ts';

/** A longer text is for an editor outside. */
const TEXT_MAX: ByteCount = 200_000;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a file that an editor can show and give back byte for byte; undefined where it is none. */
export function editableText(bytes: Uint8Array): string | undefined {
  if (bytes.length > TEXT_MAX || bytes.includes(0)) return undefined;
  try {
    const text = decoder.decode(bytes);
    return text.includes('\r') ? undefined : text; // the editor knows one kind of line end
  } catch {
    return undefined;
  }
}
