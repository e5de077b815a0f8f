import { readFileSync } from 'node:fs';
import { parseHex } from '../../trace/bytes/hex.ts';

const TEXT = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

/** A fenced block of docs/protocol.md: what follows the three ticks, and the lines within. */
type Block = { readonly info: string; readonly body: string };

const BLOCKS: readonly Block[] = Array.from(TEXT.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm), ([, info, body]) => ({
  info: info as string,
  body: body as string,
}));

export type FrameVector = {
  readonly type: string;
  readonly seq: number;
  readonly stream: number;
  readonly payload: string;
};

/** What the first line of a `hex` block says of the bytes below it. */
export type VectorHead = {
  readonly frames?: readonly FrameVector[];
  readonly payload?: string;
  readonly value?: unknown;
  readonly invalid?: string;
  readonly because?: string;
};
export type Vector = VectorHead & { readonly title: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** The hex blocks, in order. A remark begins with `#`. */
export const VECTORS: readonly Vector[] = BLOCKS.filter(({ info }) => info === 'hex').map(({ body }) => {
  const [head, ...lines] = body.split('\n');
  const hex = lines.map((line) => line.replace(/#.*/, '')).join('\n');
  return { ...(JSON.parse(head as string) as VectorHead), title: head as string, bytes: parseHex(hex) };
});

type Example = { readonly type: string; readonly text: string };

const JSON_BLOCKS: readonly Example[] = BLOCKS.flatMap(({ info, body }) =>
  info.startsWith('json ') ? [{ type: info.slice(5), text: body }] : [],
);
/** The JSON blocks, each with the type of frame that carries it. */
export const EXAMPLES = JSON_BLOCKS.filter(({ type }) => !type.startsWith('ROOM'));
/** Those of ROOM, in which many kinds of messages travel: `ROOM ↑` and `ROOM ↓`. */
export const ROOM_EXAMPLES = JSON_BLOCKS.filter(({ type }) => type.startsWith('ROOM'));

/** The numbers in a text, written with commas between thousands. */
export function numbersIn(text: string): number[] {
  return Array.from(text.matchAll(/[0-9][0-9,]*[0-9]|[0-9]/g), ([digits]) => Number(digits.replaceAll(',', '')));
}

/** The rows of the table whose first heading this is, without the heading; cells trimmed. */
export function tableRows(firstHeading: string): string[][] {
  const lines = TEXT.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${firstHeading} |`));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
