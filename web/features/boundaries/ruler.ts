import type { ByteCount } from '../../../protocol/units.ts';

/** CSS pixels of one byte: from where its character can be read to where a screen holds thousands. */
export const SCALES = [0.5, 1, 2, 4, 10, 18] as const;
export const READABLE_SCALE = 10;
/** Browsers lay out nothing wider than some 17 million pixels: of a longer stream the ruler shows the end. */
const MAX_WIDTH = 8_000_000;

/** A stretch of bytes laid out from left to right. */
export type Ruler = { readonly length: ByteCount; readonly scale: number };

/** The first byte on the ruler. */
export function rulerStart({ length, scale }: Ruler): ByteCount {
  return Math.max(0, length - Math.floor(MAX_WIDTH / scale));
}
export function rulerWidth(ruler: Ruler): number {
  return (ruler.length - rulerStart(ruler)) * ruler.scale;
}
export function leftOf(ruler: Ruler, offset: ByteCount): number {
  return (offset - rulerStart(ruler)) * ruler.scale;
}
/** The bytes between two places, each that is touched included. */
export function bytesBetween(ruler: Ruler, left: number, right: number): { start: ByteCount; end: ByteCount } {
  const first = rulerStart(ruler);
  const start = first + Math.max(0, Math.floor(left / ruler.scale));
  return { start: Math.min(ruler.length, start), end: Math.min(ruler.length, first + Math.ceil(right / ruler.scale)) };
}

const STEPS = [1, 2, 5];
const MIN_TICK_WIDTH = 56;
/** Bytes between two numbers of the ruler: 1, 2 or 5 times a power of ten, so far apart that the numbers fit. */
export function tickStep({ scale }: Ruler): ByteCount {
  for (let power = 1; ; power *= 10) {
    for (const step of STEPS) if (step * power * scale >= MIN_TICK_WIDTH) return step * power;
  }
}
