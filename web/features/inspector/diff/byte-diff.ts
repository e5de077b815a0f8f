import { diffArrays } from 'diff';

/** A run that both have, or that one alone has: `count` items from `left` in the one and from `right` in the other. */
export type DiffRun = {
  readonly kind: 'same' | 'left' | 'right';
  readonly left: number;
  readonly right: number;
  readonly count: number;
};

/** Past this many differences what lies between the common start and the common end is all left, all right. */
const DIFFERENCES_MAX = 400;

/** The shortest way from one sequence of bytes to another. Runs cover both sequences in their order. */
export function diffBytes(left: ArrayLike<number>, right: ArrayLike<number>): DiffRun[] {
  // diffArrays takes arrays; the page compares 4 KiB at the most.
  const [from, to] = [Array.from(left), Array.from(right)];
  const changes = diffArrays(from, to, { maxEditLength: DIFFERENCES_MAX });
  return changes ? placed(changes.map(({ added, removed, count }) => [kindOf(added, removed), count])) : ends(from, to);
}

type Kind = DiffRun['kind'];

function kindOf(added: boolean, removed: boolean): Kind {
  return added ? 'right' : removed ? 'left' : 'same';
}

function placed(runs: readonly (readonly [Kind, number])[]): DiffRun[] {
  let left = 0;
  let right = 0;
  return runs
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => {
      const run = { kind, left, right, count };
      if (kind !== 'right') left += count;
      if (kind !== 'left') right += count;
      return run;
    });
}

/** The common start and the common end alone. */
function ends(left: readonly number[], right: readonly number[]): DiffRun[] {
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const most = Math.min(left.length, right.length) - start;
  let tail = 0;
  while (tail < most && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  return placed([
    ['same', start],
    ['left', left.length - start - tail],
    ['right', right.length - start - tail],
    ['same', tail],
  ]);
}
