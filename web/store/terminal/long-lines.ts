const SPACE = 0x20;
const TILDE = 0x7e;

/**
 * Of each line that is longer than the terminal keeps, its first row and the rows that stay: what is left out in between would scroll
 * out of what is kept before anybody sees it. As many whole rows are left out, so that each character that stays has the place that it
 * would have had; nothing else is changed, and only characters of ASCII are left out.
 */
export function withoutScrolledOut(text: string, columns: number, rowsKept: number): string {
  const longest = columns * (rowsKept + 1);
  if (text.length <= longest + columns) return text;
  const parts: string[] = [];
  let done = 0;
  for (let start = 0; start < text.length; ) {
    const end = plainEnd(text, start);
    const left = Math.floor((end - start - longest) / columns) * columns;
    if (left > 0) {
      parts.push(text.slice(done, start + columns));
      done = start + columns + left;
    }
    start = end + 1;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(done);
}

/** Where the characters end that take one cell each. A regular expression would be interpreted, at ten times the cost. */
function plainEnd(text: string, start: number): number {
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < SPACE || code > TILDE) return index;
  }
  return text.length;
}
