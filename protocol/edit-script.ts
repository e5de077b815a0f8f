import type { ByteCount } from './units.ts';

/** A run of equal bytes, or of bytes of one side that stand against bytes (or none) of the other. */
export type Edit = {
  readonly kind: 'equal' | 'changed' | 'inserted' | 'deleted';
  readonly before: { readonly offset: ByteCount; readonly count: ByteCount };
  readonly after: { readonly offset: ByteCount; readonly count: ByteCount };
};

/** Past so many single-byte edits the middle is shown as one change: the search is quadratic in them. */
const EDITS_MAX = 1_000;

/**
 * How `before` became `after`: runs in order, covering both, none of them empty on both sides. A shortest script
 * (E. W. Myers, An O(ND) Difference Algorithm, 1986) while it has at most 1,000 edits; past that, common ends only.
 */
export function editScript(before: Uint8Array, after: Uint8Array): Edit[] {
  const prefix = commonPrefix(before, after);
  const suffix = commonSuffix(before, after, prefix);
  const a = before.subarray(prefix, before.length - suffix);
  const b = after.subarray(prefix, after.length - suffix);
  // [before, after] where runs of equal bytes begin, and their lengths.
  const matches: Match[] = [[0, 0, prefix]];
  for (const [x, y, count] of shortestMatches(a, b)) matches.push([prefix + x, prefix + y, count]);
  matches.push([before.length - suffix, after.length - suffix, suffix]);
  return toEdits(matches);
}

type Match = readonly [before: number, after: number, count: number];

function commonPrefix(a: Uint8Array, b: Uint8Array): number {
  const limit = Math.min(a.length, b.length);
  let count = 0;
  while (count < limit && a[count] === b[count]) count += 1;
  return count;
}
function commonSuffix(a: Uint8Array, b: Uint8Array, prefix: number): number {
  const limit = Math.min(a.length, b.length) - prefix;
  let count = 0;
  while (count < limit && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  return count;
}

/** Equal runs in order; none where the script would be too long. */
function shortestMatches(a: Uint8Array, b: Uint8Array): Match[] {
  const trace = searchForwards(a, b);
  return trace ? walkBack(trace, a.length, b.length) : [];
}

/**
 * `trace[d]` is the furthest x on each diagonal k = x - y that d - 1 edits reach, k counted from -d: what step d
 * started from. Undefined where more than EDITS_MAX edits are needed.
 */
function searchForwards(a: Uint8Array, b: Uint8Array): Int32Array[] | undefined {
  const trace: Int32Array[] = [];
  let reached = Int32Array.of(0, 0, 0);
  for (let d = 0; d <= Math.min(EDITS_MAX, a.length + b.length); d += 1) {
    trace.push(reached);
    const next = new Int32Array(2 * d + 5);
    for (let k = -d; k <= d; k += 2) {
      let x = startOf(reached, d, k);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next[k + d + 2] = x;
      if (x >= a.length && x - k >= b.length) return trace;
    }
    reached = next;
  }
  return undefined;
}

/** Where step d begins on diagonal k: below the diagonal above, or right of the one below, whichever is further. */
function startOf(reached: Int32Array, d: number, k: number): number {
  if (d === 0) return 0;
  const fromAbove = reached[k + 1 + d + 1] as number;
  const fromBelow = (reached[k - 1 + d + 1] as number) + 1;
  return isInsertion(reached, d, k) ? fromAbove : fromBelow;
}
function isInsertion(reached: Int32Array, d: number, k: number): boolean {
  return k === -d || (k !== d && (reached[k - 1 + d + 1] as number) < (reached[k + 1 + d + 1] as number));
}

function walkBack(trace: readonly Int32Array[], aLength: number, bLength: number): Match[] {
  const matches: Match[] = [];
  let x = aLength;
  let y = bLength;
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const reached = trace[d] as Int32Array;
    const k = x - y;
    const start = startOf(reached, d, k);
    if (x > start) matches.push([start, start - k, x - start]);
    if (d === 0) break;
    const insertion = isInsertion(reached, d, k);
    x = insertion ? start : start - 1;
    y = insertion ? start - k - 1 : start - k;
  }
  return matches.reverse();
}

/** What stands between the equal runs is what was edited. */
function toEdits(matches: readonly Match[]): Edit[] {
  const edits: Edit[] = [];
  let x = 0;
  let y = 0;
  for (const [beforeStart, afterStart, count] of matches) {
    push(edits, x, beforeStart - x, y, afterStart - y, false);
    push(edits, beforeStart, count, afterStart, count, true);
    x = beforeStart + count;
    y = afterStart + count;
  }
  return edits;
}
function push(edits: Edit[], x: number, beforeCount: number, y: number, afterCount: number, isEqual: boolean): void {
  if (beforeCount === 0 && afterCount === 0) return;
  const kind = isEqual ? 'equal' : beforeCount === 0 ? 'inserted' : afterCount === 0 ? 'deleted' : 'changed';
  const before = { offset: x, count: beforeCount };
  const after = { offset: y, count: afterCount };
  const last = edits.at(-1);
  // Two equal runs touch where the common ends meet the middle's.
  if (isEqual && last?.kind === 'equal') {
    edits[edits.length - 1] = {
      kind: 'equal',
      before: { offset: last.before.offset, count: last.before.count + beforeCount },
      after: { offset: last.after.offset, count: last.after.count + afterCount },
    };
  } else edits.push({ kind, before, after });
}
