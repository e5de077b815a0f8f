import type { ByteCount } from '../../protocol/units.ts';

type Row = { readonly offset: number; readonly rest: string };

/** Digits of an offset, and behind it a colon (xxd, tcpdump) or two blanks (hexdump -C, Wireshark). */
const ROW = /^\s*(?:0x)?([0-9a-f]{4,16})(?::\s*|\s{2,}|\s*$)(.*)$/i;
const REPEATS = '*';
/** A row `*` can stand for any number of bytes, so a dump has a limit far above that of a message. */
const BYTES_MAX: ByteCount = 16 * 1_048_576;

/**
 * The bytes of a dump that has offsets, with or without its column of text: `hexdump -C`, xxd, `tcpdump -X`, Wireshark. A row
 * `*` stands for the row before it, up to the next offset. Undefined where the text is no such dump: each offset must be where
 * the row before it ends.
 */
export function parseHexDump(text: string): Uint8Array<ArrayBuffer> | undefined {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const rows = lines.map((line) => (line.trim() === REPEATS ? REPEATS : rowOf(line)));
  const [first] = rows;
  if (first === undefined || first === REPEATS) return undefined;
  const nexts = nextRows(rows);
  const bytes: number[] = [];
  let before: readonly number[] = [];
  for (const [index, row] of rows.entries()) {
    if (row === undefined) return undefined;
    const next = nexts[index];
    if (row === REPEATS) {
      if (before.length === 0 || next === undefined) return undefined;
      const end = next.offset - first.offset;
      if (end > BYTES_MAX) return undefined;
      while (bytes.length + before.length <= end) bytes.push(...before);
      continue;
    }
    if (row.offset !== first.offset + bytes.length) return undefined;
    const room = next && rows[index + 1] !== REPEATS ? next.offset - row.offset : undefined;
    const read = bytesOf(row.rest, room);
    if (read === undefined) return undefined;
    before = read;
    bytes.push(...read);
  }
  return bytes.length === 0 ? undefined : Uint8Array.from(bytes);
}

/** Of each row the next that is not `*`, looked for once: a dump may have as many as a file has lines. */
function nextRows(rows: readonly (Row | typeof REPEATS | undefined)[]): (Row | undefined)[] {
  const nexts: (Row | undefined)[] = [];
  let next: Row | undefined;
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    nexts[index] = next;
    const row = rows[index];
    if (row !== REPEATS) next = row;
  }
  return nexts;
}

function rowOf(line: string): Row | undefined {
  const [, offset, rest] = ROW.exec(line) ?? [];
  return offset === undefined || rest === undefined ? undefined : { offset: Number.parseInt(offset, 16), rest };
}

/**
 * The pairs of a row. The column of text may look like pairs: `room` says how many bytes the row has, where another row follows; else it is
 * the column that has a character for each byte.
 */
function bytesOf(rest: string, room: ByteCount | undefined): readonly number[] | undefined {
  const [pairs = ''] = rest.split('|', 1);
  const candidates = prefixes(pairs).filter(({ bytes, text }) =>
    room === undefined ? text === '' || [...text].length === bytes.length : bytes.length === room,
  );
  return (candidates.find(({ text }) => text !== '') ?? candidates[0])?.bytes;
}

type Prefix = { readonly bytes: readonly number[]; readonly text: string };
/** Each way to cut the row between its groups, with what is behind as text: the longest first. */
function prefixes(pairs: string): readonly Prefix[] {
  const found: Prefix[] = [{ bytes: [], text: pairs.trim() }];
  const bytes: number[] = [];
  for (const { 0: group, index } of pairs.matchAll(/\S+/g)) {
    if (!/^(?:[0-9a-f]{2})+$/i.test(group)) break;
    for (let at = 0; at < group.length; at += 2) bytes.push(Number.parseInt(group.slice(at, at + 2), 16));
    found.unshift({ bytes: [...bytes], text: pairs.slice(index + group.length).trim() });
  }
  return found;
}
