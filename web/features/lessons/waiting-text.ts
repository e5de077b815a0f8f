import type { Wanted } from '../../../lesson/judge/wanted.ts';
import type { Check, Given, Outcome } from '../../../lesson/schema/check-schema.ts';
import type { Num, Pattern, Text } from '../../../lesson/schema/pattern-schema.ts';
import type { Messages } from '../../i18n/en.ts';
import { labName } from '../../i18n/labels.ts';

/** One thing that a step waits for, in words; empty where words would not help (`none`, `not`). */
export function waitingText(t: Messages, { check, progress }: Wanted): string {
  const { waiting } = t.learn;
  const text = progress?.next ? callOf(t, progress.next) : checkText(t, check);
  const isCounted = text !== '' && progress !== undefined && progress.want > 1;
  return isCounted ? waiting.counted(text, Math.min(progress.have, progress.want), progress.want) : text;
}

function checkText(t: Messages, check: Check): string {
  const { waiting } = t.learn;
  if (check.seen) return callOf(t, check.seen);
  if (check.order?.[0]) return callOf(t, check.order[0]);
  if (check.within?.[1][0]) return callOf(t, check.within[1][0]);
  if (check.waited) return waitedText(t, check.waited);
  if (check.stream) return check.stream[1] === 'sent' ? waiting.bytesSent : waiting.bytesReceived;
  if (check.same) return waiting.same;
  if (check.borders) return bordersText(t, check.borders[2]);
  if (check.state) return waiting.state([check.state[1]].flat().join(' / '), secondsOf(check.state[2]?.for));
  if (check.passed) return waiting.passed(check.passed[1].join(', '));
  if (check.together) return togetherText(t, check.together);
  if (check.queue) return queueText(t, check.queue);
  if (check.run) return runText(t, check.run[0], check.run[1]);
  if (check.printed) return waiting.printed(check.printed[0], linePart(check.printed[1]));
  if (check.answer) return waiting.answer;
  if (check.peer) return check.peer[1] === 'passed' ? waiting.peerPassed : waiting.peerFailed;
  if (check.equal) return waiting.equal;
  if (check.tried || check.echoed) return waiting.families;
  const parts = (check.all ?? check.any ?? []).map((part) => checkText(t, part)).filter((text) => text !== '');
  return check.any ? joined([...new Set(parts)], waiting.or) : (parts[0] ?? '');
}

/** `recv(5) → 5 B` of whom. */
function callOf(t: Messages, pattern: Pattern): string {
  const { waiting } = t.learn;
  const { call, argument, count, error, lab, end, from } = pattern;
  const name = typeof call === 'string' ? call : ((call as readonly string[])[0] ?? '');
  const args = argument === undefined ? '' : `(${numText(argument)})`;
  const result = error === undefined ? countText(count) : ` → ${error === 'any' ? '…' : error}`;
  const who = end === 'peer' ? (lab === undefined ? waiting.peer : labName(t, lab)) : ownerOf(t, from);
  const text = `${name}${args}${result}`;
  return end === 'peer' || lab === undefined ? waiting.call(text, who) : waiting.callAt(text, who, labName(t, lab));
}
function joined(parts: readonly string[], join: (one: string, other: string) => string): string {
  return parts.length === 0 ? '' : parts.reduce(join);
}
function ownerOf(t: Messages, from: Pattern['from']): string {
  return from === undefined || from === 'play' ? t.learn.waiting.you : from;
}
function countText(count: Num | undefined): string {
  if (count === undefined) return '';
  return count === 0 ? " → b''" : ` → ${numText(count)} B`;
}
function waitedText(t: Messages, [first, second]: Given<'waited'>): string {
  return callOf(t, second === 'now' ? first : (second as Pattern));
}
function bordersText(t: Messages, counts: Given<'borders'>[2]): string {
  const { borders } = t.learn.waiting;
  return (['writes', 'reads', 'joined', 'cut'] as const)
    .flatMap((name) => (counts[name] === undefined ? [] : [borders[name](numText(counts[name]))]))
    .join(', ');
}
function togetherText(t: Messages, [{ lab, state, kind }, count]: Given<'together'>): string {
  const of = [lab === undefined ? kind : labName(t, lab), state].filter((part) => part !== undefined);
  return t.learn.waiting.together(numText(count), of.join(', '));
}
function queueText(t: Messages, [of, { waiting }]: Given<'queue'>): string {
  return t.learn.waiting.queue(numText(waiting ?? { min: 1 }), of.startsWith('$') ? '' : labName(t, of));
}
function runText(t: Messages, file: string, outcome: Outcome): string {
  const { waiting } = t.learn;
  if (outcome === 'running') return waiting.running(file);
  if (typeof outcome === 'string') return waiting.ended(file);
  if ('exit' in outcome) return waiting.exit(file, numText(outcome.exit));
  if ('error' in outcome) return waiting.raised(file, outcome.error.type);
  return waiting.blocked(file, outcome.blocked, secondsOf(outcome.for));
}

/** `5`, `≥ 5`, `≤ 5`, `1…8`. */
function numText(num: Num): string {
  if (typeof num === 'number') return String(num);
  const { min, max } = num;
  if (min !== undefined && max !== undefined) return `${min}…${max}`;
  return min === undefined ? `≤ ${max ?? ''}` : `≥ ${min}`;
}
/** The tokens of a text stand for what cannot be told before. */
function linePart({ equals, starts, has }: Text): string {
  const text = equals ?? starts ?? has ?? '';
  return `“${text.replaceAll(/\{(ctime|port|digits|any)\}/g, '…')}”`;
}
function secondsOf(span: number | undefined): number {
  return Math.round((span ?? 0) / 1_000);
}
