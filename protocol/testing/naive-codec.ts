/** One frame, fields as JavaScript writes them; payloads are plain arrays. */
export type NaiveFrame = { type: number; seq: number; stream: number; payload: number[] };

/**
 * A second frame codec, written from docs/protocol.md alone, with no view, no shift and no typed array: what it lacks in
 * speed it has in plainness. The real one must agree with it on every input.
 */
export function naiveEncode(frames: readonly NaiveFrame[]): number[] {
  return frames.flatMap(({ type, seq, stream, payload }) => [
    type,
    ...digits(payload.length, 2),
    ...digits(seq, 4),
    ...digits(stream, 4),
    ...payload,
  ]);
}

/** The frames of a message; undefined where the specification has it refused. */
export function naiveDecode(message: readonly number[], types: readonly number[]): NaiveFrame[] | undefined {
  if (message.length === 0) return undefined;
  const frames: NaiveFrame[] = [];
  let rest = [...message];
  while (rest.length > 0) {
    if (rest.length < 11) return undefined;
    const type = number(rest.slice(0, 1));
    const length = number(rest.slice(1, 3));
    const seq = number(rest.slice(3, 7));
    const stream = number(rest.slice(7, 11));
    if (!types.includes(type) || rest.length < 11 + length) return undefined;
    if (type < 16 && (seq !== 0 || stream !== 0)) return undefined;
    if (type >= 16 && seq === 0) return undefined;
    if (type === 18 && length === 0) return undefined;
    if ((type === 4 || type === 5) && length > 125) return undefined;
    frames.push({ type, seq, stream, payload: rest.slice(11, 11 + length) });
    rest = rest.slice(11 + length);
  }
  return frames;
}

/** Base 256, most significant first. */
function digits(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, place) => Math.floor(value / 256 ** (count - 1 - place)) % 256);
}
function number(bytes: readonly number[]): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
