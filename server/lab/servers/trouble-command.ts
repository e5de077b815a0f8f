import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';

/** How the trouble server misbehaves; what is absent it does well. The words are Toxiproxy's, or near them. */
export type Trouble = {
  /** Each answer waits so long before it is sent. (latency) */
  readonly delay?: Milliseconds;
  /** The delay of each answer varies by up to so much, up and down. (latency's jitter) */
  readonly jitter?: Milliseconds;
  /** Each answer is cut into sends of so many bytes. (slicer) */
  readonly slice?: ByteCount;
  /** So long a pause after each slice, which is of one byte where `slice` says nothing. (slicer, delay) */
  readonly drip?: Milliseconds;
  /** Answers leave at most so many bytes in a second. (bandwidth, there in KB/s) */
  readonly bandwidth?: ByteCount;
  /** After so many bytes of answers the connection is closed. (limit_data) */
  readonly limit?: ByteCount;
  /** After so many bytes of answers the connection is reset. (reset_peer) */
  readonly reset?: ByteCount;
  /** Reads, and never answers. (timeout) */
  readonly silent?: true;
  /** The client's FIN is answered by FIN only after so long. (slow_close) */
  readonly 'slow-close'?: Milliseconds;
  /** FIN at once; what the client sends is still read. */
  readonly 'half-close'?: true;
};
type Word = keyof Trouble;

/** What may follow each word: a number from–to, or nothing. */
const ARGUMENTS: Record<Word, { readonly least: number; readonly most: number; readonly unit: string } | undefined> = {
  delay: { least: 0, most: 600_000, unit: 'ms' },
  jitter: { least: 0, most: 600_000, unit: 'ms' },
  slice: { least: 1, most: 65_536, unit: 'n' },
  drip: { least: 0, most: 60_000, unit: 'ms' },
  bandwidth: { least: 1, most: 1_000_000_000, unit: 'B/s' },
  limit: { least: 0, most: 1_000_000_000, unit: 'n' },
  reset: { least: 0, most: 1_000_000_000, unit: 'n' },
  silent: undefined,
  'slow-close': { least: 0, most: 600_000, unit: 'ms' },
  'half-close': undefined,
};
const WORDS = Object.keys(ARGUMENTS) as readonly Word[];

export const TROUBLE_USAGE = `usage: ${WORDS.map((word) => {
  const argument = ARGUMENTS[word];
  return argument ? `${word} ${argument.unit}` : word;
}).join(' | ')} (several: with commas)`;

export type ParsedTrouble =
  | { readonly ok: true; readonly trouble: Trouble }
  | { readonly ok: false; readonly problem: string };

/**
 * ```
 * line    = command *("," command)          words in any case, blanks around words ignored
 * command = word [number]                   a whole decimal number where the word takes one
 * ```
 * `slice 3, drip 100` sends three bytes each 100 ms.
 */
export function parseTrouble(line: string): ParsedTrouble {
  const trouble: Partial<Record<Word, number | true>> = {};
  for (const command of line.split(',')) {
    const [word = '', number, ...rest] = command.trim().toLowerCase().split(/\s+/);
    const problem = problemOf(word, number, rest);
    if (problem !== undefined) return { ok: false, problem };
    trouble[word as Word] = number === undefined ? true : Number(number);
  }
  return { ok: true, trouble: trouble as Trouble };
}

function problemOf(word: string, number: string | undefined, rest: readonly string[]): string | undefined {
  if (!Object.hasOwn(ARGUMENTS, word)) return `there is no ${JSON.stringify(word)}`;
  const argument = ARGUMENTS[word as Word];
  if (rest.length > 0 || (!argument && number !== undefined)) return `too much after ${word}`;
  if (!argument) return undefined;
  if (number === undefined) return `${word} needs a number`;
  const value = /^[0-9]{1,10}$/.test(number) ? Number(number) : Number.NaN;
  if (value >= argument.least && value <= argument.most) return undefined;
  return `${word} takes ${argument.least} to ${argument.most}`;
}

/** The same trouble in the grammar's words. */
export function formatTrouble(trouble: Trouble): string {
  return WORDS.filter((word) => trouble[word] !== undefined)
    .map((word) => (trouble[word] === true ? word : `${word} ${trouble[word]}`))
    .join(', ');
}
