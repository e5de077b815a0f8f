import { markedPieces } from './marked.ts';

/** A text with what was looked for in it marked. */
export function Marked({ text, marks }: { readonly text: string; readonly marks: readonly string[] }) {
  if (marks.length === 0) return text;
  return markedPieces(text, marks).map((piece, nth) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece is nothing but its place
    piece.isMarked ? <mark key={nth}>{piece.text}</mark> : piece.text,
  );
}
