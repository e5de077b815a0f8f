import { CALL_NAMES } from '../../../protocol/call.ts';
import type { Direction, End, TraceEvent } from '../../../trace/event.ts';

/** What an event must be: every test must hold, every text stand in its bytes or its call, and none of those it is to be without. */
export type FilterQuery = {
  readonly tests: readonly EventTest[];
  readonly texts: readonly string[];
  readonly without: readonly string[];
};
type EventTest = (event: TraceEvent) => boolean;

/** A word that cannot be: `dir:up`. */
export type FilterProblem = { readonly key: FilterKey; readonly value: string };
export type FilterKey = 'dir' | 'end' | 'call' | 'is' | 'len';

const TOKEN = /(-?)(?:"([^"]*)"?|(\S+))/g;
const KEYED = /^(dir|end|call|is):(.*)$/i;
const LENGTH = /^len(>=|<=|>|<|=)(.*)$/i;

const DIRECTIONS: Readonly<Record<string, Direction>> = { sent: 'sent', received: 'received', recv: 'received' };
const ENDS: Readonly<Record<string, End>> = { local: 'local', me: 'local', peer: 'peer', server: 'peer' };
const COMPARE: Readonly<Record<string, (count: number, than: number) => boolean>> = {
  '>': (count, than) => count > than,
  '<': (count, than) => count < than,
  '=': (count, than) => count === than,
  '>=': (count, than) => count >= than,
  '<=': (count, than) => count <= than,
};

/**
 * `dir:sent`, `end:peer`, `call:recv`, `is:error`, `len>100` (also `<`, `=`, `>=`, `<=`); all else is a text, in quotes
 * where it has blanks. All must hold; what has `-` before it must not.
 */
export function parseFilter(text: string): FilterQuery | FilterProblem {
  const tests: EventTest[] = [];
  const texts: string[] = [];
  const without: string[] = [];
  for (const [, sign, quoted, word = ''] of text.matchAll(TOKEN)) {
    const test = quoted === undefined ? testOf(word) : undefined;
    if (test === undefined) (sign ? without : texts).push(quoted ?? word);
    else if (typeof test === 'function') tests.push(sign ? (event) => !test(event) : test);
    else return test;
  }
  const isSomething = (part: string): boolean => part !== '';
  return { tests, texts: texts.filter(isSomething), without: without.filter(isSomething) };
}

export function isProblem(parsed: FilterQuery | FilterProblem): parsed is FilterProblem {
  return 'key' in parsed;
}

/** Undefined: the word is a text. */
function testOf(word: string): EventTest | FilterProblem | undefined {
  const [, key, value] = KEYED.exec(word) ?? [];
  if (key !== undefined && value !== undefined) return keyedTest(key.toLowerCase() as FilterKey, value.toLowerCase());
  const [, sign, digits] = LENGTH.exec(word) ?? [];
  if (sign === undefined || digits === undefined) return undefined;
  if (!/^[0-9]{1,15}$/.test(digits)) return { key: 'len', value: digits };
  const compare = COMPARE[sign] as (count: number, than: number) => boolean;
  return (event) => event.direction !== undefined && compare(event.count, Number(digits));
}

function keyedTest(key: FilterKey, value: string): EventTest | FilterProblem {
  const direction = DIRECTIONS[value];
  const end = ENDS[value];
  if (key === 'dir' && direction !== undefined) return (event) => event.direction === direction;
  if (key === 'end' && end !== undefined) return (event) => event.end === end;
  if (key === 'call' && CALL_NAMES.some((call) => call === value)) return (event) => event.call === value;
  if (key === 'is' && value === 'error') return (event) => event.error !== undefined;
  return { key, value };
}
