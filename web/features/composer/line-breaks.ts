// A textarea has one line break, LF: what else was pasted (CRLF, CR) is kept beside it, in the text of the draft.

const LINE_BREAK = /\r\n|\r|\n/g;

/** What was pasted, and the part of the box that it took the place of. */
export type Paste = { readonly start: number; readonly end: number; readonly text: string };

/** The text as the box has it: each line break one LF. */
export function shownText(text: string): string {
  return text.replace(LINE_BREAK, '\n');
}

/** The text with each of its line breaks as `ending`. */
export function withLineBreaks(text: string, ending: string): string {
  return text.replace(LINE_BREAK, ending);
}

/** Whether a line break of the text is another than the box shows. */
export function hasCarriageReturn(text: string): boolean {
  return text.includes('\r');
}

/**
 * The draft's text once the box shows `next`: what was not touched keeps its line breaks, and what `paste` brought has
 * those of the clipboard.
 */
export function editedText(text: string, next: string, paste: Paste | undefined): string {
  const shown = shownText(text);
  if (paste && next === shown.slice(0, paste.start) + shownText(paste.text) + shown.slice(paste.end)) {
    return text.slice(0, rawOffset(text, paste.start)) + paste.text + text.slice(rawOffset(text, paste.end));
  }
  if (!hasCarriageReturn(text)) return next;
  const most = Math.min(shown.length, next.length);
  let before = 0;
  while (before < most && shown[before] === next[before]) before += 1;
  let after = 0;
  while (after < most - before && shown.at(-1 - after) === next.at(-1 - after)) after += 1;
  const typed = next.slice(before, next.length - after);
  const edited = text.slice(0, rawOffset(text, before)) + typed + text.slice(rawOffset(text, shown.length - after));
  // A CR that has come to stand before an LF is one line break with it, where the box has two.
  return shownText(edited) === next ? edited : next;
}

/** Where the character that the box has at `offset` stands in the text. */
function rawOffset(text: string, offset: number): number {
  let raw = 0;
  for (let shown = 0; shown < offset; shown += 1) raw += text.startsWith('\r\n', raw) ? 2 : 1;
  return raw;
}

/** Where the box has the character that stands in the text at `offset`. */
export function shownOffset(text: string, offset: number): number {
  return shownText(text.slice(0, offset)).length;
}
