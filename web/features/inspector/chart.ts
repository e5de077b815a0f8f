import type { Microseconds } from '../../../protocol/units.ts';
import type { Fact } from '../../../trace/fact-list.ts';

export type Point = { readonly at: Microseconds; readonly value: number };
/** A value over time, as steps: each holds until the next one was told. */
export type Chart = {
  /** The points of an SVG polyline, in a box of these sides. */
  readonly points: string;
  readonly now: number;
  readonly least: number;
  readonly most: number;
  readonly span: Microseconds;
};

/** What of a list of facts has this number, by time. */
export function pointsOf<Value>(
  facts: { readonly length: number; readonly at: (index: number) => Fact<Value> | undefined },
  numberOf: (value: Value) => number | undefined,
): readonly Point[] {
  const points: Point[] = [];
  for (let index = 0; index < facts.length; index += 1) {
    const fact = facts.at(index) as Fact<Value>;
    const value = numberOf(fact.value);
    // What is not measured any more has no number: the line ends with the last one.
    if (value !== undefined && value !== points.at(-1)?.value) points.push({ at: fact.at, value });
  }
  return points;
}

/** Undefined where nothing has changed: a line without a step says no more than its number. `until`: when the last value was still told. */
export function chartOf(
  points: readonly Point[],
  until: Microseconds,
  width: number,
  height: number,
): Chart | undefined {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return undefined;
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(until, last.at) - first.at;
  const x = (at: Microseconds): string => ((span === 0 ? 0 : (at - first.at) / span) * width).toFixed(1);
  const y = (value: number): string => (height - ((value - least) / (most - least)) * height).toFixed(1);
  const steps = points.flatMap(({ at, value }, index) => {
    const before = points[index - 1];
    return before ? [`${x(at)},${y(before.value)}`, `${x(at)},${y(value)}`] : [`${x(at)},${y(value)}`];
  });
  return { points: [...steps, `${width.toFixed(1)},${y(last.value)}`].join(' '), now: last.value, least, most, span };
}
