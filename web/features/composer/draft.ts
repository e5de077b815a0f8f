import { PlaygroundError, unlessRefused } from '../../../protocol/errors.ts';
import type { ByteCount } from '../../../protocol/units.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { CHECKSUMS, type ChecksumName, withChecksum } from '../../../trace/bytes/checksum.ts';
import { parseEscapes } from '../../../trace/bytes/escapes.ts';
import { parseHex, toHex } from '../../../trace/bytes/hex.ts';
import { shownOffset, withLineBreaks } from './line-breaks.ts';

export const SEND_AS = ['text', 'escapes', 'hex'] as const;
export type SendAs = (typeof SEND_AS)[number];
export const LINE_ENDINGS = ['none', 'lf', 'crlf'] as const;
export type LineEnding = (typeof LINE_ENDINGS)[number];

/** What stands in the box, with the line breaks that it was pasted with; and how it is to be read. */
export type Draft = {
  readonly text: string;
  readonly sendAs: SendAs;
  readonly lineEnding: LineEnding;
  /** Of all that leaves, behind it; none where nothing is said. */
  readonly checksum?: ChecksumName | 'none';
};
export const EMPTY_DRAFT: Draft = { text: '', sendAs: 'text', lineEnding: 'none' };

const ENDING: Readonly<Record<LineEnding, string>> = { none: '', lf: '\n', crlf: '\r\n' };

/**
 * The bytes that will leave: each line of the box has the chosen ending, the last one too. With none chosen, line breaks
 * are as they were typed (LF) or pasted. In hex they stand between bytes, and only the end has one. The checksum is the last of all.
 * @throws {PlaygroundError} ESCAPE_INVALID, HEX_INVALID with their position in the box.
 */
export function encodeDraft(draft: Draft): Uint8Array<ArrayBuffer> {
  const { checksum = 'none' } = draft;
  const body = encodeBody(draft);
  return checksum === 'none' ? body : withChecksum(checksum, body);
}
function encodeBody({ text, sendAs, lineEnding }: Draft): Uint8Array<ArrayBuffer> {
  const ending = ENDING[lineEnding];
  if (sendAs === 'hex') return joined(boxed(text, parseHex), encodeUtf8(ending));
  const lines = lineEnding === 'none' ? text : withLineBreaks(text, ending) + ending;
  return sendAs === 'text' ? encodeUtf8(lines) : boxed(lines, parseEscapes);
}

/** Parses a text, and where that fails says so of the place that the box has it at. */
function boxed(text: string, parse: (text: string) => Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof PlaygroundError) || error.position === undefined) throw error;
    const position = shownOffset(text, error.position);
    throw new PlaygroundError(error.code, error.message, { cause: error, position });
  }
}

function joined(body: Uint8Array, ending: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(body.length + ending.length);
  bytes.set(body);
  bytes.set(ending, body.length);
  return bytes;
}

/** Nothing that could be meant as hex: something else than digits, what stands between bytes and before them. */
const NO_HEX = /[^0-9a-fx\s,:\\-]/i;
/** Longer ones stay as they are: three characters for each byte would hold the page. */
const CONVERTED_MAX: ByteCount = 16_384;

/** The draft to be read in another way. In hex, what can be none becomes the pairs of its bytes: `héllo` is `68 c3 a9 6c 6c 6f`. */
export function readAs(draft: Draft, sendAs: SendAs): Draft {
  const { text } = draft;
  if (sendAs !== 'hex' || draft.sendAs === 'hex' || !NO_HEX.test(text) || text.length > CONVERTED_MAX) {
    return { ...draft, sendAs };
  }
  const bytes = unlessRefused(() => encodeBody({ ...draft, lineEnding: 'none' }));
  return { ...draft, sendAs, text: bytes === undefined ? text : toHex(bytes, ' ') };
}

/** How many bytes will leave; undefined while the text is not bytes yet. */
export function countDraft(draft: Draft): number | undefined {
  return unlessRefused(() => encodeDraft(draft).length);
}

/** What an earlier page left. */
export function parseStoredDraft(stored: unknown): Draft {
  if (typeof stored !== 'object' || stored === null) return EMPTY_DRAFT;
  const { text, sendAs, lineEnding, checksum } = stored as Record<string, unknown>;
  const known = CHECKSUMS.find((name) => name === checksum);
  return {
    text: typeof text === 'string' ? text : '',
    sendAs: SEND_AS.find((known) => known === sendAs) ?? 'text',
    lineEnding: LINE_ENDINGS.find((known) => known === lineEnding) ?? 'none',
    ...(known && { checksum: known }),
  };
}
