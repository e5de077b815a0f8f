import type { Text } from './schema/pattern-schema.ts';

/** `[Thu Sep 15 22:29:12 2016]`: how long the text of ctime(3) is, without its line feed. */
const CTIME_LENGTH = 24;
const CTIME =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d \d{4}$/;
const TOKEN = /\{(ctime|port|digits|any)\}/;
const PORT_MAX = 65_535;

type Part = { readonly token: string } | { readonly literal: string };

/** Where the part that begins at `start` ends; undefined where it does not fit. */
function endOf(part: Part, text: string, start: number): number | undefined {
  if ('literal' in part) return text.startsWith(part.literal, start) ? start + part.literal.length : undefined;
  if (part.token === 'ctime') {
    return CTIME.test(text.slice(start, start + CTIME_LENGTH)) ? start + CTIME_LENGTH : undefined;
  }
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
  if (end === start || (part.token === 'port' && Number(text.slice(start, end)) > PORT_MAX)) return undefined;
  return end;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/**
 * Makes a test of a text with the tokens {ctime} {port} {digits} {any}. It goes back to the last {any} alone, as globs do, so
 * that the time is the product of both lengths at the most, whatever an author writes.
 */
export function compileText({ equals, starts, has }: Text): (text: string) => boolean {
  const source = equals ?? starts ?? has ?? '';
  const parts = source
    .split(TOKEN)
    .map((piece, index): Part => (index % 2 === 1 ? { token: piece } : { literal: piece }))
    .filter((part) => !('literal' in part) || part.literal !== '');
  const any: Part = { token: 'any' };
  const all = [...(has === undefined ? [] : [any]), ...parts, ...(equals === undefined ? [any] : [])];
  return (text) => matches(all, text);
}

function matches(parts: readonly Part[], text: string): boolean {
  let index = 0;
  let position = 0;
  let anyIndex = -1;
  let anyEnd = 0;
  while (index < parts.length || position < text.length) {
    const part = parts[index];
    if (part && 'token' in part && part.token === 'any') {
      index += 1;
      anyIndex = index;
      anyEnd = position;
      // The last one takes all that is left.
      if (index === parts.length) return true;
      continue;
    }
    const end = part && endOf(part, text, position);
    if (end !== undefined) {
      index += 1;
      position = end;
    } else {
      if (anyIndex < 0 || anyEnd >= text.length) return false;
      anyEnd += 1;
      index = anyIndex;
      position = anyEnd;
    }
  }
  return true;
}
