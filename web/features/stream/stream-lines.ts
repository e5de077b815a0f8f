import type { ByteCount } from '../../../protocol/units.ts';
import type { Direction, TraceEvent } from '../../../trace/event.ts';
import type { ByteStreams } from '../../../trace/event-bytes.ts';
import { IntList } from '../../../trace/int-list.ts';

export type StreamSource = ByteStreams & {
  readonly log: { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };
};
/** How bytes are broken into lines: rows of sixteen, or text at its line ends and where a line is full. */
export type LineFormat =
  | { readonly kind: 'hex' }
  | {
      readonly kind: 'text' /** Characters of one column; those of East Asian scripts take two. */;
      readonly columns: number;
    };
export type StreamLine = {
  readonly direction: Direction;
  readonly offset: ByteCount;
  readonly count: ByteCount;
  /** The first line since bytes last went the other way. */
  readonly isFirst: boolean;
};

const HEX_ROW_BYTES: ByteCount = 16;
const LINE_FEED = 0x0a;
const BLANK = 0x20;
const RECEIVED = 1;
const FIRST = 2;

/**
 * The bytes that the page's own socket moved, in the order in which it moved them, as lines. Calls that follow one another
 * in one direction are one run of bytes, as TCP has it; `keepsBorders` begins a new run with each, as UDP has it.
 * Grows with the log; only the last line changes. 12 bytes of memory for each line.
 */
export class StreamLines {
  readonly #source: StreamSource;
  readonly #format: LineFormat;
  readonly #keepsBorders: boolean;
  readonly #offsets = new IntList();
  readonly #counts = new IntList();
  readonly #flags = new IntList();
  #seen = 0;
  #version = 0;

  constructor(source: StreamSource, format: LineFormat, keepsBorders: boolean) {
    this.#source = source;
    this.#format = format;
    this.#keepsBorders = keepsBorders;
  }

  /** Takes in new events until `isTime` says to stop; returns whether that was all there are. */
  update(isTime: () => boolean): boolean {
    const { log } = this.#source;
    while (this.#seen < log.length()) {
      const { end, direction, offset, count } = log.at(this.#seen) as TraceEvent;
      this.#seen += 1;
      if (end === 'local' && direction !== undefined && count > 0) this.#add(direction, offset, count);
      // Also where it was the other end's: calls come in patterns, and every 64th may be of one kind.
      if (this.#seen % 64 === 0 && isTime()) break;
    }
    return this.#seen === log.length();
  }
  get version(): number {
    return this.#version;
  }
  get count(): number {
    return this.#offsets.length;
  }
  line(index: number): StreamLine {
    const flags = this.#flags.at(index);
    return {
      direction: flags & RECEIVED ? 'received' : 'sent',
      offset: this.#offsets.at(index),
      count: this.#counts.at(index),
      isFirst: (flags & FIRST) !== 0,
    };
  }

  #add(direction: Direction, offset: ByteCount, count: ByteCount): void {
    this.#version += 1;
    const last = this.count > 0 ? this.line(this.count - 1) : undefined;
    const goesOn = !this.#keepsBorders && last?.direction === direction && last.offset + last.count === offset;
    // The last line is broken anew with what follows it.
    const start = goesOn ? last.offset : offset;
    const kept = goesOn ? this.count - 1 : this.count;
    for (const list of [this.#offsets, this.#counts, this.#flags]) list.truncate(kept);
    let isFirst = goesOn ? last.isFirst : true;
    let from = start;
    for (const length of this.#break(direction, start, offset + count - start)) {
      this.#offsets.push(from);
      this.#counts.push(length);
      this.#flags.push((direction === 'received' ? RECEIVED : 0) | (isFirst ? FIRST : 0));
      isFirst = false;
      from += length;
    }
  }
  #break(direction: Direction, offset: ByteCount, count: ByteCount): Iterable<ByteCount> {
    if (this.#format.kind === 'hex') return rows(count);
    return textLines(this.#source[direction].slice(offset, count), this.#format.columns);
  }
}

function* rows(count: ByteCount): Iterable<ByteCount> {
  for (let left = count; left > 0; left -= HEX_ROW_BYTES) yield Math.min(left, HEX_ROW_BYTES);
}

/** The lengths of the lines: each ends after its line feed, or before the word or the character that would be too much. */
export function* textLines(bytes: Uint8Array, columns: number): Iterable<ByteCount> {
  let start = 0;
  let used = 0;
  let blank = 0;
  let usedAtBlank = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const width = columnsOf(bytes[index] as number);
    if (width > 0 && used + width > columns && index > start) {
      // Behind the last blank, if that leaves no more than a word.
      const isWord = blank > start && used - usedAtBlank < columns / 2;
      const end = isWord ? blank : index;
      yield end - start;
      start = end;
      used = isWord ? used - usedAtBlank : 0;
    }
    used += width;
    if (bytes[index] === BLANK) {
      blank = index + 1;
      usedAtBlank = used;
    }
    if (bytes[index] !== LINE_FEED) continue;
    yield index + 1 - start;
    start = index + 1;
    used = 0;
  }
  if (start < bytes.length) yield bytes.length - start;
}

/** Columns of the character that begins with this byte; a continuation byte begins none. */
function columnsOf(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc0) return 0;
  return byte < 0xe0 ? 1 : 2;
}
