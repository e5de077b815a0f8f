import type { ByteCount } from '../../protocol/units.ts';

/** Where two sequences of bytes differ first: the length of the shorter one, if the longer one begins with it. */
export function firstDifference(one: Uint8Array, other: Uint8Array): ByteCount {
  const least = Math.min(one.length, other.length);
  for (let index = 0; index < least; index += 1) if (one[index] !== other[index]) return index;
  return least;
}
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && firstDifference(one, other) === one.length;
}
