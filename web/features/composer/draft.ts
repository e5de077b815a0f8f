import { PlaygroundError } from '../../../protocol/errors.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { parseEscapes } from '../../../trace/bytes/escapes.ts';
import { parseHex } from '../../../trace/bytes/hex.ts';

export const SEND_AS = ['text', 'escapes', 'hex'] as const;
export type SendAs = (typeof SEND_AS)[number];
export const LINE_ENDINGS = ['none', 'lf', 'crlf'] as const;
export type LineEnding = (typeof LINE_ENDINGS)[number];

/** What stands in the box, and how it is to be read. */
export type Draft = { readonly text: string; readonly sendAs: SendAs; readonly lineEnding: LineEnding };
export const EMPTY_DRAFT: Draft = { text: '', sendAs: 'text', lineEnding: 'none' };

const ENDING: Readonly<Record<LineEnding, readonly number[]>> = { none: [], lf: [0x0a], crlf: [0x0d, 0x0a] };

/** The bytes that will leave. @throws {PlaygroundError} ESCAPE_INVALID, HEX_INVALID with their position. */
export function encodeDraft({ text, sendAs, lineEnding }: Draft): Uint8Array<ArrayBuffer> {
  const body = sendAs === 'text' ? encodeUtf8(text) : sendAs === 'escapes' ? parseEscapes(text) : parseHex(text);
  const ending = ENDING[lineEnding];
  if (ending.length === 0) return body;
  const bytes = new Uint8Array(body.length + ending.length);
  bytes.set(body);
  bytes.set(ending, body.length);
  return bytes;
}

/** How many bytes will leave; undefined while the text is not bytes yet. */
export function countDraft(draft: Draft): number | undefined {
  try {
    return encodeDraft(draft).length;
  } catch (error) {
    if (error instanceof PlaygroundError) return undefined;
    throw error;
  }
}

/** What an earlier page left. */
export function parseStoredDraft(stored: unknown): Draft {
  if (typeof stored !== 'object' || stored === null) return EMPTY_DRAFT;
  const { text, sendAs, lineEnding } = stored as Record<string, unknown>;
  return {
    text: typeof text === 'string' ? text : '',
    sendAs: SEND_AS.find((known) => known === sendAs) ?? 'text',
    lineEnding: LINE_ENDINGS.find((known) => known === lineEnding) ?? 'none',
  };
}
