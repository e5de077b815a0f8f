/** A run that both have, or that one alone has: `count` items from `left` in the one and from `right` in the other. */
export type DiffRun = {
  readonly kind: 'same' | 'left' | 'right';
  readonly left: number;
  readonly right: number;
  readonly count: number;
};

/** More differences than this are not sorted out: what is between the common ends is then all left, all right. */
const MOST_DIFFERENCES = 400;

/**
 * The shortest way from one sequence of bytes to another (E. Myers, An O(ND) Difference Algorithm, 1986), common ends
 * taken off first. Runs cover both sequences in their order.
 */
export function diffBytes(left: ArrayLike<number>, right: ArrayLike<number>): DiffRun[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let tail = 0;
  const most = Math.min(left.length, right.length) - start;
  while (tail < most && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail += 1;
  const leftEnd = left.length - tail;
  const rightEnd = right.length - tail;
  const steps = shortestEdit(left, right, start, leftEnd, rightEnd) ?? [
    ...repeat('left', leftEnd - start),
    ...repeat('right', rightEnd - start),
  ];
  return runsOf([...repeat('same', start), ...steps, ...repeat('same', tail)]);
}

type Step = DiffRun['kind'];
function repeat(step: Step, count: number): Step[] {
  return Array.from({ length: count }, () => step);
}

function runsOf(steps: readonly Step[]): DiffRun[] {
  const runs: DiffRun[] = [];
  let left = 0;
  let right = 0;
  for (let index = 0; index < steps.length; ) {
    const kind = steps[index] as Step;
    let count = 1;
    while (steps[index + count] === kind) count += 1;
    runs.push({ kind, left, right, count });
    if (kind !== 'right') left += count;
    if (kind !== 'left') right += count;
    index += count;
  }
  return runs;
}

/** The steps between the common ends; undefined where there are too many differences. */
function shortestEdit(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  start: number,
  leftEnd: number,
  rightEnd: number,
): Step[] | undefined {
  const width = leftEnd - start;
  const height = rightEnd - start;
  /** By diagonal (x - y): how far along `left` one gets with so many differences. */
  let reach = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  for (let differences = 0; differences <= Math.min(MOST_DIFFERENCES, width + height); differences += 1) {
    history.push(reach);
    const next = new Map(reach);
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const isDown = goesDown(reach, diagonal, differences);
      let x = isDown ? at(reach, diagonal + 1) : at(reach, diagonal - 1) + 1;
      while (x < width && x - diagonal < height && x - diagonal >= 0 && left[start + x] === right[start + x - diagonal])
        x += 1;
      next.set(diagonal, x);
      if (x >= width && x - diagonal >= height) return backtrack(history, width, height);
    }
    reach = next;
  }
  return undefined;
}

function backtrack(history: readonly Map<number, number>[], width: number, height: number): Step[] {
  const steps: Step[] = [];
  let x = width;
  let y = height;
  for (let differences = history.length - 1; differences >= 0; differences -= 1) {
    const reach = history[differences] as Map<number, number>;
    const diagonal = x - y;
    const isDown = goesDown(reach, diagonal, differences);
    const previous = diagonal + (isDown ? 1 : -1);
    const fromX = differences === 0 ? 0 : at(reach, previous);
    const fromY = differences === 0 ? 0 : fromX - previous;
    while (x > fromX && y > fromY) {
      steps.push('same');
      x -= 1;
      y -= 1;
    }
    if (differences > 0) steps.push(isDown ? 'right' : 'left');
    x = fromX;
    y = fromY;
  }
  return steps.reverse();
}

function goesDown(reach: ReadonlyMap<number, number>, diagonal: number, differences: number): boolean {
  if (diagonal === -differences) return true;
  return diagonal !== differences && at(reach, diagonal - 1) < at(reach, diagonal + 1);
}
function at(reach: ReadonlyMap<number, number>, diagonal: number): number {
  return reach.get(diagonal) ?? -1;
}
