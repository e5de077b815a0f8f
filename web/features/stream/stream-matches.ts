import type { ByteCount } from '../../../protocol/units.ts';
import { parseEscapes } from '../../../trace/bytes/escapes.ts';
import { formatHexDumpRow } from '../../../trace/bytes/format-hex-dump.ts';
import { parseHex } from '../../../trace/bytes/hex.ts';
import type { Direction } from '../../../trace/event.ts';
import type { ByteStreams } from '../../../trace/event-bytes.ts';
import { IntList } from '../../../trace/int-list.ts';
import { StreamSearch } from '../../../trace/stream-search.ts';
import { previewText } from '../../../trace/text/preview.ts';
import type { Piece } from '../../ui/marked.ts';
import type { StreamLine, StreamLines } from './stream-lines.ts';

/** Bytes of a line that are of a match: from, and one past the last; by offset in the line. */
type Mark = { readonly from: ByteCount; readonly to: ByteCount };
export type Match = { readonly line: number; readonly direction: Direction; readonly offset: ByteCount };

const BYTES_AT_ONCE: ByteCount = 262_144;

/** What is looked for: in the hex view pairs of digits, else text with escapes. @throws {PlaygroundError} HEX_INVALID, ESCAPE_INVALID */
export function needleOf(text: string, kind: 'text' | 'hex'): Uint8Array {
  return kind === 'hex' ? parseHex(text) : parseEscapes(text);
}

/** Where something stands in a conversation, in the order of its lines; grown with them. */
export class StreamMatches {
  readonly #lines: StreamLines;
  readonly #searches: Readonly<Record<Direction, StreamSearch>>;
  readonly #line = new IntList();
  readonly #match = new IntList();
  #version = 0;
  #made = '';

  constructor(lines: StreamLines, streams: ByteStreams, needle: Uint8Array) {
    this.#lines = lines;
    this.#searches = {
      sent: new StreamSearch(streams.sent, needle),
      received: new StreamSearch(streams.received, needle),
    };
  }

  /** Looks at new bytes until `isTime` says to stop; returns whether that was all there are. */
  update(isTime: () => boolean): boolean {
    const { sent, received } = this.#searches;
    let isAll = true;
    for (const search of [sent, received]) {
      while (isAll && !search.advance(BYTES_AT_ONCE)) if (isTime()) isAll = false;
    }
    const made = `${this.#lines.version} ${sent.count} ${received.count}`;
    if (made === this.#made) return isAll;
    this.#made = made;
    this.#version += 1;
    this.#place();
    return isAll;
  }
  get version(): number {
    return this.#version;
  }
  get count(): number {
    return this.#line.length;
  }
  at(nth: number): Match {
    const line = this.#line.at(nth);
    const { direction } = this.#lines.line(line);
    return { line, direction, offset: this.#searches[direction].offsetOf(this.#match.at(nth)) };
  }
  /** What of a line is to be marked: a match may reach into the next one. */
  marks({ direction, offset, count }: StreamLine): readonly Mark[] {
    const search = this.#searches[direction];
    const marks: Mark[] = [];
    for (let nth = search.firstFrom(offset - search.size + 1); nth < search.count; nth += 1) {
      const start = search.offsetOf(nth) - offset;
      if (start >= count) break;
      const from = Math.max(0, start, marks.at(-1)?.to ?? 0);
      const to = Math.min(count, start + search.size);
      if (to > from) marks.push({ from, to });
    }
    return marks;
  }

  #place(): void {
    const next: Record<Direction, number> = { sent: 0, received: 0 };
    this.#line.truncate(0);
    this.#match.truncate(0);
    if (this.#searches.sent.count + this.#searches.received.count === 0) return;
    for (let index = 0; index < this.#lines.count; index += 1) {
      const { direction, offset, count } = this.#lines.line(index);
      const search = this.#searches[direction];
      for (; next[direction] < search.count; next[direction] += 1) {
        if (search.offsetOf(next[direction]) >= offset + count) break;
        this.#line.push(index);
        this.#match.push(next[direction]);
      }
    }
  }
}

/** A line as text. */
export function textPieces(bytes: Uint8Array, marks: readonly Mark[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const add = (to: ByteCount, isMarked: boolean): void => {
    if (to > from) pieces.push({ text: previewText(bytes.subarray(from, to)), isMarked });
    from = Math.max(from, to);
  };
  for (const mark of marks) {
    add(mark.from, false);
    add(mark.to, true);
  }
  add(bytes.length, false);
  return pieces;
}

/** Columns of `hexdump -C`: the offset, pairs in two halves, text between bars. */
const PAIRS = 10;
const TEXT = 61;
const HALF = 8;

/** A line as a row of a hex dump: of a byte its pair and its character are marked. */
export function hexPieces(bytes: Uint8Array, offset: ByteCount, marks: readonly Mark[]): readonly Piece[] {
  const row = formatHexDumpRow(bytes, offset);
  const isMarked = new Uint8Array(row.length);
  for (const { from, to } of marks) {
    for (let byte = from; byte < to; byte += 1) {
      const pair = PAIRS + byte * 3 + (byte >= HALF ? 1 : 0);
      isMarked.fill(1, pair, pair + 2);
      // The blank between two that are marked.
      if (byte + 1 < to && byte + 1 !== HALF) isMarked[pair + 2] = 1;
      isMarked[TEXT + byte] = 1;
    }
  }
  const pieces: Piece[] = [];
  for (let from = 0; from < row.length; ) {
    let to = from + 1;
    while (to < row.length && isMarked[to] === isMarked[from]) to += 1;
    pieces.push({ text: row.slice(from, to), isMarked: isMarked[from] === 1 });
    from = to;
  }
  return pieces;
}
