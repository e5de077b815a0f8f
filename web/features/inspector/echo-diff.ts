import { previewText } from '../../../protocol/preview.ts';
import type { ByteCount } from '../../../protocol/units.ts';
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
  /** Bytes that came back as they were sent; that did not come back; that were not sent. */
  readonly same: ByteCount;
  readonly lost: ByteCount;
  readonly added: ByteCount;
};

/** A diff is to be read: of more than this only the beginning is compared. */
export const DIFF_BYTES: ByteCount = 4_096;

/**
 * What was sent against what came back. Where the answer is a time and a Python repr, the two are aligned after the time
 * and the repr is read as Python would; else byte is compared with byte.
 */
export function echoDiff(sent: Uint8Array, received: Uint8Array): EchoDiff {
  const text = String.fromCharCode(...received.subarray(0, DIFF_BYTES));
  const repr = answerParts(received.subarray(0, DIFF_BYTES)).find(({ kind }) => kind === 'repr');
  const literal = repr && readBytesLiteral(text, repr.start, repr.end);
  const cameBack =
    literal ??
    Array.from(received.subarray(0, DIFF_BYTES), (byte, start): LiteralByte => ({ byte, start, end: start + 1 }));
  const runs = diffBytes(
    sent.subarray(0, DIFF_BYTES),
    Uint8Array.from(cameBack, ({ byte }) => byte),
  );
  const pieces = runs.flatMap((run) => piecesOf(run, sent, cameBack, literal ? text : undefined));
  const first = literal ? (literal[0]?.start ?? repr.start + 2) : 0;
  const last = literal ? (literal.at(-1)?.end ?? first) : text.length;
  return {
    pieces: [...frame(text.slice(0, first)), ...pieces, ...frame(literal ? text.slice(last) : '')],
    same: total(runs, 'same'),
    lost: total(runs, 'left'),
    added: total(runs, 'right'),
  };
}

function frame(cameBack: string): DiffPiece[] {
  return cameBack === '' ? [] : [{ kind: 'frame', sent: '', cameBack }];
}
function total(runs: readonly DiffRun[], kind: DiffRun['kind']): ByteCount {
  return runs.reduce((sum, run) => sum + (run.kind === kind ? run.count : 0), 0);
}

/** `text`: what the literal was written as; without it what came back is shown like what was sent. */
function piecesOf(
  run: DiffRun,
  sent: Uint8Array,
  cameBack: readonly LiteralByte[],
  text: string | undefined,
): DiffPiece[] {
  const back = cameBack.slice(run.right, run.right + (run.kind === 'left' ? 0 : run.count));
  const shown = (bytes: readonly LiteralByte[]): string => {
    const [first, last] = [bytes[0], bytes.at(-1)];
    if (first === undefined || last === undefined) return '';
    return text === undefined
      ? previewText(Uint8Array.from(bytes, ({ byte }) => byte))
      : text.slice(first.start, last.end);
  };
  if (run.kind === 'right') return [{ kind: 'only came back', sent: '', cameBack: shown(back) }];
  const bytes = sent.subarray(run.left, run.left + run.count);
  if (run.kind === 'left') return [{ kind: 'only sent', sent: previewText(bytes), cameBack: '' }];
  // Characters that the repr writes in another way stand apart, each above its escapes.
  const pieces: DiffPiece[] = [];
  let plain = 0;
  let at = 0;
  const push = (start: number, end: number): void => {
    if (end > start)
      pieces.push({
        kind: 'same',
        sent: previewText(bytes.subarray(start, end)),
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
