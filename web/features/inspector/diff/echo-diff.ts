import type { ByteCount } from '../../../../protocol/units.ts';
import { decodeUtf8 } from '../../../../protocol/utf8.ts';
import { toHex } from '../../../../trace/bytes/hex.ts';
import { previewText } from '../../../../trace/text/preview.ts';
import { answerParts } from './answer-parts.ts';
import { type DiffRun, diffBytes } from './byte-diff.ts';
import { type LiteralByte, readBytesLiteral } from './bytes-literal.ts';

/** A run of bytes as they were sent and as they came back: `你` came back as `\xe4\xbd\xa0`. */
export type DiffPiece = {
  readonly kind: 'frame' | 'same' | 'only sent' | 'only came back';
  readonly sent: string;
  readonly cameBack: string;
};
export type EchoDiff = {
  readonly pieces: readonly DiffPiece[];
  /** What came back is written as Python writes bytes. */
  readonly isRepr: boolean;
  /** Bytes that came back as they were sent; that did not come back; that were not sent. */
  readonly same: ByteCount;
  readonly lost: ByteCount;
  readonly added: ByteCount;
};

/** A diff is to be read: of more than this only the beginning is compared. */
export const DIFF_BYTES: ByteCount = 4_096;

/** What came back, read: each byte with where it is written, and the text around them by the bytes it stands before. */
type Answer = {
  readonly bytes: readonly LiteralByte[];
  /** Undefined where the bytes stand for themselves. */
  readonly text: string | undefined;
  readonly frames: ReadonlyMap<number, string>;
};

/**
 * What was sent against what came back. Where the answer is a time and a Python repr, or several of them, the two are
 * aligned after each time and the repr is read as Python would; else byte is compared with byte.
 */
export function echoDiff(sent: Uint8Array, received: Uint8Array): EchoDiff {
  const answer = readAnswer(received.subarray(0, DIFF_BYTES));
  const runs = diffBytes(
    sent.subarray(0, DIFF_BYTES),
    Uint8Array.from(answer.bytes, ({ byte }) => byte),
  );
  const pieces: DiffPiece[] = [];
  const framed = new Set<number>();
  for (const run of runs.flatMap((whole) => cutAtFrames(whole, answer))) {
    if (run.kind !== 'left' && !framed.has(run.right)) {
      framed.add(run.right);
      pieces.push(...frame(answer.frames.get(run.right) ?? ''));
    }
    pieces.push(...piecesOf(run, sent, answer));
  }
  for (const [before, text] of answer.frames) if (!framed.has(before)) pieces.push(...frame(text));
  const isRepr = answer.text !== undefined;
  return { pieces, isRepr, same: total(runs, 'same'), lost: total(runs, 'left'), added: total(runs, 'right') };
}

function readAnswer(received: Uint8Array): Answer {
  const text = String.fromCharCode(...received);
  const reprs = answerParts(received).filter(({ kind }) => kind === 'repr');
  if (reprs.length === 0) {
    const bytes = Array.from(received, (byte, start): LiteralByte => ({ byte, start, end: start + 1 }));
    return { bytes, text: undefined, frames: new Map() };
  }
  const bytes: LiteralByte[] = [];
  const frames = new Map<number, string>();
  let shown = 0;
  for (const { start, end } of reprs) {
    const literal = readBytesLiteral(text, start, end) ?? [];
    const first = literal[0]?.start ?? start + 2;
    frames.set(bytes.length, (frames.get(bytes.length) ?? '') + text.slice(shown, first));
    for (const byte of literal) bytes.push(byte);
    shown = literal.at(-1)?.end ?? first;
  }
  frames.set(bytes.length, (frames.get(bytes.length) ?? '') + text.slice(shown));
  return { bytes, text, frames };
}

/** A run that goes over from one answer into the next is two. */
function cutAtFrames(run: DiffRun, { frames }: Answer): DiffRun[] {
  if (run.kind === 'left') return [run];
  const inside = [...frames.keys()].filter((at) => at > run.right && at < run.right + run.count);
  const starts = [run.right, ...inside];
  return starts.map((right, index) => {
    const end = starts[index + 1] ?? run.right + run.count;
    const left = run.kind === 'same' ? run.left + right - run.right : run.left;
    return { kind: run.kind, left, right, count: end - right };
  });
}

function frame(cameBack: string): DiffPiece[] {
  return cameBack === '' ? [] : [{ kind: 'frame', sent: '', cameBack }];
}
function total(runs: readonly DiffRun[], kind: DiffRun['kind']): ByteCount {
  return runs.reduce((sum, run) => sum + (run.kind === kind ? run.count : 0), 0);
}

/** Where what came back was written as text it is shown so, else like what was sent. */
function piecesOf(run: DiffRun, sent: Uint8Array, { bytes: cameBack, text }: Answer): DiffPiece[] {
  const back = cameBack.slice(run.right, run.right + (run.kind === 'left' ? 0 : run.count));
  const shown = (bytes: readonly LiteralByte[]): string => {
    const [first, last] = [bytes[0], bytes.at(-1)];
    if (first === undefined || last === undefined) return '';
    return text === undefined
      ? shownBytes(Uint8Array.from(bytes, ({ byte }) => byte))
      : text.slice(first.start, last.end);
  };
  if (run.kind === 'right') return [{ kind: 'only came back', sent: '', cameBack: shown(back) }];
  const bytes = sent.subarray(run.left, run.left + run.count);
  if (run.kind === 'left') return [{ kind: 'only sent', sent: shownBytes(bytes), cameBack: '' }];
  // Characters that the repr writes in another way stand apart, each above its escapes.
  const pieces: DiffPiece[] = [];
  let plain = 0;
  let at = 0;
  const push = (start: number, end: number): void => {
    if (end > start)
      pieces.push({
        kind: 'same',
        sent: shownBytes(bytes.subarray(start, end)),
        cameBack: shown(back.slice(start, end)),
      });
  };
  while (at < bytes.length) {
    const size = Math.min(bytes.length - at, characterBytes(bytes[at] as number));
    const isPlain = size === 1 && (back[at] as LiteralByte).end - (back[at] as LiteralByte).start === 1;
    if (!isPlain) {
      push(plain, at);
      push(at, at + size);
      plain = at + size;
    }
    at += size;
  }
  push(plain, bytes.length);
  return pieces;
}

function characterBytes(lead: number): ByteCount {
  if (lead < 0xc2) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
}

/** Characters as they are, and bytes that are none as escapes: two that differ must not look alike. */
function shownBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const character = bytes.subarray(at, at + characterBytes(bytes[at] as number));
    const isText = isUtf8(character);
    text += isText ? previewText(character) : `\\x${toHex(character.subarray(0, 1))}`;
    at += isText ? character.length : 1;
  }
  return text;
}
function isUtf8(bytes: Uint8Array): boolean {
  try {
    decodeUtf8(bytes);
    return true;
  } catch {
    return false;
  }
}
