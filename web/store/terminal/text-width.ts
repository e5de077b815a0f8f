/** East Asian Wide and Fullwidth, and emoji: two cells each (Unicode TR11, the blocks that people write in). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const COMBINING = /\p{Mn}|\p{Me}|[\u200b-\u200d]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: printable ASCII is the common case, and fast.
const NARROW_ONLY = /^[\x00-\x7f]*$/;

/** How many cells of a terminal the text takes. */
export function textWidth(text: string): number {
  if (NARROW_ONLY.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** How much of the text fits into so many cells: an index into it, at least one character. */
export function fittingLength(text: string, cells: number): number {
  if (NARROW_ONLY.test(text)) return Math.max(1, Math.min(text.length, cells));
  let width = 0;
  let length = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > cells && length > 0) return length;
    length += character.length;
  }
  return length;
}

function characterWidth(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
