import type { Milliseconds } from '../protocol/units.ts';

export type SoakOptions = {
  /** The whole figure, minutes long; else a short form of it, seconds long. */
  readonly isLong: boolean;
  readonly seed: number;
  /** Words: of a program that has rows, those whose names contain one of them; all, where there is none. */
  readonly only: readonly string[];
};
export type Outcome = {
  /** What was measured, in the order in which it is to be read. */
  readonly figures: Readonly<Record<string, string | number>>;
  /** The bounds that were broken, in words; none: all is well. */
  readonly broken: readonly string[];
};
export type SoakProgram = (options: SoakOptions) => Promise<Outcome>;

/** Collects what was measured and holds it against its bounds. */
export class Report {
  readonly #figures: Record<string, string | number> = {};
  readonly #broken: string[] = [];

  tell(name: string, value: string | number, unit = ''): this {
    this.#figures[name] = unit === '' ? value : `${round(value)} ${unit}`;
    return this;
  }
  atMost(name: string, value: number, bound: number, unit = ''): this {
    if (!(value <= bound)) this.#broken.push(`${name}: ${round(value)}, at most ${bound} ${unit}`.trim());
    return this.tell(name, round(value), unit);
  }
  atLeast(name: string, value: number, bound: number, unit = ''): this {
    if (!(value >= bound)) this.#broken.push(`${name}: ${round(value)}, at least ${bound} ${unit}`.trim());
    return this.tell(name, round(value), unit);
  }
  get outcome(): Outcome {
    return { figures: this.#figures, broken: this.#broken };
  }
}

function round(value: string | number): string | number {
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function pause(duration: Milliseconds): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}

/** Asks again every few milliseconds. @throws {Error} it did not come true in time */
export async function eventually(
  what: string,
  within: Milliseconds,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  if (!(await soon(within, condition))) throw new Error(`not within ${within} ms: ${what}`);
}

/** Asks again every few milliseconds, for so long at most. Whether it came true. */
export async function soon(within: Milliseconds, condition: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + within;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await pause(5);
  }
  return true;
}
