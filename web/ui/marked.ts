export type Piece = { readonly text: string; readonly isMarked: boolean };

/** A text in pieces: those that are one of `marks`, whatever the case of their letters, and what is between them. */
export function markedPieces(text: string, marks: readonly string[]): readonly Piece[] {
  const lower = text.toLowerCase();
  // Letters whose other case is longer would move what is behind them.
  const wanted =
    lower.length === text.length ? marks.map((mark) => mark.toLowerCase()).filter((mark) => mark !== '') : [];
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const found = wanted.find((mark) => lower.startsWith(mark, at));
    if (found === undefined) {
      at += 1;
      continue;
    }
    if (at > from) pieces.push({ text: text.slice(from, at), isMarked: false });
    pieces.push({ text: text.slice(at, at + found.length), isMarked: true });
    at += found.length;
    from = at;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isMarked: false });
  return pieces;
}
