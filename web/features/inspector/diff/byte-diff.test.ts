import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffBytes } from './byte-diff.ts';

/** A diff in short: `=` both, `-` left alone, `+` right alone. */
function diff(left: string, right: string): string {
  const bytes = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
  return diffBytes(bytes(left), bytes(right))
    .map(({ kind, left: from, right: to, count }) =>
      kind === 'right'
        ? `+${right.slice(to, to + count)}`
        : `${kind === 'same' ? '=' : '-'}${left.slice(from, from + count)}`,
    )
    .join(' ');
}

test.each([
  ['hello', 'hello', '=hello'],
  ['', '', ''],
  ['abc', '', '-abc'],
  ['', 'abc', '+abc'],
  ['hello', 'hallo', '=h -e +a =llo'],
  ['hello python', 'hello pyt', '=hello pyt -hon'],
])('%j against %j is %j', (left, right, expected) => {
  expect(diff(left, right)).toBe(expected);
});

const few = fc.array(fc.constantFrom(1, 2, 3), { maxLength: 14 });
test('the runs make both sequences, and no way is shorter', () => {
  fc.assert(
    fc.property(few, few, (left, right) => {
      const runs = diffBytes(left, right);
      expect(runs.flatMap((run) => (run.kind === 'right' ? [] : left.slice(run.left, run.left + run.count)))).toEqual(
        left,
      );
      expect(runs.flatMap((run) => (run.kind === 'left' ? [] : right.slice(run.right, run.right + run.count)))).toEqual(
        right,
      );
      let same = 0;
      for (const run of runs) {
        if (run.kind !== 'same') continue;
        same += run.count;
        expect(left.slice(run.left, run.left + run.count)).toEqual(right.slice(run.right, run.right + run.count));
      }
      expect(same).toBe(longestCommon(left, right));
    }),
    { numRuns: 500 },
  );
});

/** The textbook's table: the length of the longest common subsequence. */
function longestCommon(left: readonly number[], right: readonly number[]): number {
  let row = new Array<number>(right.length + 1).fill(0);
  for (const item of left) {
    const next = [0];
    right.forEach((other, index) => {
      next.push(
        item === other ? (row[index] as number) + 1 : Math.max(row[index + 1] as number, next[index] as number),
      );
    });
    row = next;
  }
  return row.at(-1) as number;
}

test('what has next to nothing in common is not sorted out', () => {
  const left = Array.from({ length: 3_000 }, (_, index) => index % 7);
  const right = Array.from({ length: 3_000 }, (_, index) => 100 + (index % 11));
  expect(diffBytes(left, right)).toEqual([
    { kind: 'left', left: 0, right: 0, count: 3_000 },
    { kind: 'right', left: 3_000, right: 0, count: 3_000 },
  ]);
});
