import type { Num } from './schema/pattern-schema.ts';

export function compileNum(num: Num): (value: number) => boolean {
  if (typeof num === 'number') return (value) => value === num;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = num;
  return (value) => value >= min && value <= max;
}
/** The least that fits: how many of something are waited for. */
export function leastOf(num: Num): number {
  return typeof num === 'number' ? num : (num.min ?? 0);
}
