import type { ByteCount } from '../../protocol/units.ts';
import type { ByteReader } from '../export/recording.ts';
import { indexOfByte } from './lines.ts';
import type { Found, Rule } from './message.ts';

const LINE_FEED = 0x0a;
/** A head that is longer is none. */
const HEAD_MAX: ByteCount = 65_536;
const REQUEST_LINE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+ \S+ HTTP\/1\.[01]$/;
const STATUS_LINE = /^HTTP\/1\.[01] ([0-9]{3})(?: .*)?$/;

type Head = { readonly first: string; readonly fields: ReadonlyMap<string, string>; readonly end: ByteCount };

/**
 * HTTP/1 (RFC 9112): a head, an empty line, and a body as long as section 6.3 says. That the answer to HEAD has none is not known
 * here: its length is then that of the body that does not come.
 */
export const httpRule: Rule = (bytes, start, isEnded) => {
  const head = headAt(bytes, start);
  if (head === 'partial' || head === 'broken') return head;
  const { fields, end: body } = head;
  const [, status] = STATUS_LINE.exec(head.first) ?? [];
  if (status && (/^1/.test(status) || status === '204' || status === '304')) return { end: body, body };
  if (/(?:^|,)\s*chunked\s*$/i.test(fields.get('transfer-encoding') ?? '')) return afterChunks(bytes, body);
  const length = fields.get('content-length');
  if (length !== undefined) {
    if (!/^[0-9]{1,15}$/.test(length)) return 'broken';
    const end = body + Number(length);
    return bytes.length < end ? 'partial' : { end, body };
  }
  if (status === undefined) return { end: body, body };
  // A response without a length goes on to the end of the stream.
  return isEnded ? { end: bytes.length, body } : 'partial';
};

function headAt(bytes: ByteReader, start: ByteCount): Head | 'partial' | 'broken' {
  let at = start;
  const lines: string[] = [];
  for (;;) {
    const feed = indexOfByte(bytes, LINE_FEED, at, start + HEAD_MAX);
    const soFar = lines.length === 0 ? textOf(bytes, start, feed < 0 ? bytes.length : feed) : '';
    if (lines.length === 0 && !canBegin(soFar, feed >= 0)) return 'broken';
    if (feed < 0) return bytes.length - start >= HEAD_MAX ? 'broken' : 'partial';
    const line = textOf(bytes, at, feed);
    at = feed + 1;
    // Before a request there may be empty lines (section 2.2).
    if (line === '' && lines.length === 0) return 'broken';
    if (line === '') break;
    lines.push(line);
  }
  const [first = '', ...rest] = lines;
  const fields = new Map<string, string>();
  for (const line of rest) {
    const colon = line.indexOf(':');
    if (colon <= 0) return 'broken';
    fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { first, fields, end: at };
}

/** Whether a first line, or as much of one as there is, can be of HTTP/1. */
function canBegin(line: string, isWhole: boolean): boolean {
  if (isWhole) return REQUEST_LINE.test(line) || STATUS_LINE.test(line);
  return line.length < 8
    ? /^[!-~]* ?[ -~]*$/.test(line)
    : /^(?:HTTP\/1\.[01] |[!#$%&'*+.^_`|~0-9A-Za-z-]+(?: |$))/.test(line);
}

/** Chunks to the one of length 0, and the trailer fields behind it (section 7.1). */
function afterChunks(bytes: ByteReader, body: ByteCount): Found {
  let at = body;
  for (;;) {
    const feed = indexOfByte(bytes, LINE_FEED, at, at + 1_024);
    if (feed < 0) return bytes.length - at >= 1_024 ? 'broken' : 'partial';
    const [, digits] = /^([0-9a-f]{1,8})(?:\s*;.*)?$/i.exec(textOf(bytes, at, feed)) ?? [];
    if (digits === undefined) return 'broken';
    const size = Number.parseInt(digits, 16);
    at = feed + 1;
    if (size === 0) break;
    const close = indexOfByte(bytes, LINE_FEED, at + size, at + size + 2);
    if (close < 0) return bytes.length < at + size + 2 ? 'partial' : 'broken';
    at = close + 1;
  }
  for (;;) {
    const feed = indexOfByte(bytes, LINE_FEED, at, at + HEAD_MAX);
    if (feed < 0) return bytes.length - at >= HEAD_MAX ? 'broken' : 'partial';
    const isEmpty = textOf(bytes, at, feed) === '';
    at = feed + 1;
    if (isEmpty) return { end: at, body };
  }
}

/** A line without its CR, a character for each byte. */
function textOf(bytes: ByteReader, start: ByteCount, end: ByteCount): string {
  const line = String.fromCharCode(...bytes.slice(start, Math.min(end - start, HEAD_MAX)));
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
