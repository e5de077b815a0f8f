import { PlaygroundError } from '../../protocol/errors.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { CHECKSUMS, type ChecksumName, withChecksum } from '../bytes/checksum.ts';
import { parseEscapes } from '../bytes/escapes.ts';
import { parseHex } from '../bytes/hex.ts';
import type { Script, ScriptAction, ScriptRule, ScriptTrigger, WrittenScript, WrittenStep } from './script.ts';

/** Why a line cannot be: a word that is none, bytes or a number that are missing or wrong, a step behind a rule, too much of it. */
export type ScriptProblem = {
  /** From 1 on. */
  readonly line: number;
  readonly reason: 'word' | 'bytes' | 'number' | 'order' | 'length';
};

export const SCRIPT_LENGTH_MAX = 20_000;
const PAUSE_MAX = 600_000;
const COUNT_MAX = 1_000_000;

const TOKEN = /\s*(?:((?:hex)?"(?:[^"\\]|\\.)*")|(#.*)|(,)|([^\s,"#]+))/y;

/**
 * A line for each step or rule; what stands behind # is a comment.
 *
 *     send "hello\n"            the escapes of the composer; {n} is the number of the round
 *     send hex"01 03" crc16-modbus
 *     readUntil "\r\n"          also expectBytes "…", read 4, expectEnd, pause 200, end, reset, close
 *     readUntil "\r\n" within 500   the other end has so many ms for what a step waits for
 *     on "PING" send "PONG"     also on line, on line "PING", on any; echo; more actions behind a comma
 */
export function parseScript(text: string): WrittenScript | ScriptProblem {
  if (text.length > SCRIPT_LENGTH_MAX) return { line: 1, reason: 'length' };
  const steps: WrittenStep[] = [];
  const rules: ScriptRule[] = [];
  for (const [index, source] of text.split(/\r\n|\r|\n/).entries()) {
    try {
      const words = new Words(source);
      if (words.isOver) continue;
      if (words.take('on')) {
        rules.push(parseRule(words, index + 1));
        continue;
      }
      if (rules.length > 0) throw new Problem('order');
      const step = parseAction(words, index + 1);
      if (step.kind === 'echo') throw new Problem('word');
      if (!words.isOver) throw new Problem('word');
      steps.push(step);
    } catch (error) {
      if (error instanceof Problem) return { line: index + 1, reason: error.reason };
      throw error;
    }
  }
  return { steps, rules };
}
export function isScript<Parsed extends Script>(parsed: Parsed | ScriptProblem): parsed is Parsed {
  return 'steps' in parsed;
}

class Problem extends Error {
  readonly reason: ScriptProblem['reason'];
  constructor(reason: ScriptProblem['reason']) {
    super(reason);
    this.reason = reason;
  }
}

/** The words of one line, taken from the left. */
class Words {
  readonly #tokens: string[] = [];

  constructor(line: string) {
    TOKEN.lastIndex = 0;
    while (line.slice(TOKEN.lastIndex).trim() !== '') {
      const at = TOKEN.lastIndex;
      const [, bytes, comment, comma, word] = TOKEN.exec(line) ?? [];
      if (comment !== undefined) return;
      const token = bytes ?? comma ?? word;
      if (token === undefined) throw new Problem(line.slice(at).includes('"') ? 'bytes' : 'word');
      this.#tokens.push(token);
    }
  }
  get isOver(): boolean {
    return this.#tokens.length === 0;
  }
  get hasBytes(): boolean {
    return this.#tokens[0]?.endsWith('"') ?? false;
  }
  take(word: string): boolean {
    if (this.#tokens[0] !== word) return false;
    this.#tokens.shift();
    return true;
  }
  next(): string | undefined {
    return this.#tokens.shift();
  }
  number(max: number): number {
    const token = this.next() ?? '';
    const value = /^[0-9]{1,9}$/.test(token) ? Number(token) : Number.NaN;
    if (!(value <= max)) throw new Problem('number');
    return value;
  }
  /** What the quotes hold, and whether it is hex. */
  quoted(): { readonly text: string; readonly isHex: boolean } {
    const [, prefix, text] = /^(hex)?"(.*)"$/s.exec(this.next() ?? '') ?? [];
    if (text === undefined) throw new Problem('bytes');
    return { text, isHex: prefix !== undefined };
  }
  bytes(): Uint8Array {
    const bytes = encode(this.quoted(), 1);
    if (bytes.length === 0) throw new Problem('bytes');
    return bytes;
  }
  within(): { readonly within?: Milliseconds } {
    return this.take('within') ? { within: this.number(PAUSE_MAX) } : {};
  }
  checksum(): ChecksumName | undefined {
    const name = CHECKSUMS.find((known) => known === this.#tokens[0]);
    if (name !== undefined) this.next();
    return name;
  }
}

function parseRule(words: Words, line: number): ScriptRule {
  const trigger = parseTrigger(words);
  const actions = [parseAction(words, line)];
  while (words.take(',')) actions.push(parseAction(words, line));
  if (!words.isOver) throw new Problem('word');
  return { trigger, actions };
}
function parseTrigger(words: Words): ScriptTrigger {
  if (words.take('any')) return { kind: 'any' };
  if (words.take('line')) return { kind: 'line', bytes: words.hasBytes ? words.bytes() : new Uint8Array() };
  return { kind: 'bytes', bytes: words.bytes() };
}

function parseAction(words: Words, line: number): ScriptAction {
  const kind = words.next();
  switch (kind) {
    case 'send':
      return { line, kind, bytes: parseSent(words) };
    case 'expectBytes':
    case 'readUntil':
      return { line, kind, bytes: words.bytes(), ...words.within() };
    case 'read':
      return { line, kind, count: words.number(COUNT_MAX), ...words.within() };
    case 'expectEnd':
      return { line, kind, ...words.within() };
    case 'pause':
      return { line, kind, span: words.number(PAUSE_MAX) };
    case 'echo':
    case 'end':
    case 'reset':
    case 'close':
      return { line, kind };
    default:
      throw new Problem('word');
  }
}
function parseSent(words: Words): (round: number) => Uint8Array {
  const quoted = words.quoted();
  const checksum = words.checksum();
  // What cannot be is told now, not in the round that sends it.
  encode(quoted, 1);
  return (round) => {
    const bytes = encode(quoted, round);
    return checksum === undefined ? bytes : withChecksum(checksum, bytes);
  };
}
function encode({ text, isHex }: { readonly text: string; readonly isHex: boolean }, round: number): Uint8Array {
  try {
    return isHex ? parseHex(withRound(text, round, true)) : parseEscapes(withRound(text, round, false));
  } catch (error) {
    if (error instanceof PlaygroundError) throw new Problem('bytes');
    throw error;
  }
}

/** `{n}` as the number of the round: in digits, in hex as one byte, modulo 256. */
export function withRound(text: string, round: number, isHex: boolean): string {
  return text.replaceAll('{n}', isHex ? (round & 0xff).toString(16).padStart(2, '0') : String(round));
}
