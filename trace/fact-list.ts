import type { Microseconds } from '../protocol/units.ts';

/** Something that was measured, and when. */
export type Fact<Value> = { readonly at: Microseconds; readonly value: Value };

/** How many a list keeps. */
export const FACTS_KEPT = 1_000;

/** How something stood over time: what is as it was before is no new fact, and the oldest are dropped. */
export class FactList<Value extends object> {
  readonly #facts: Fact<Value>[] = [];

  get length(): number {
    return this.#facts.length;
  }
  at(index: number): Fact<Value> | undefined {
    return this.#facts.at(index);
  }
  add(at: Microseconds, value: Value): void {
    const last = this.#facts.at(-1);
    if (last && isSame(last.value, value)) return;
    this.#facts.push({ at, value });
    if (this.#facts.length > FACTS_KEPT) this.#facts.shift();
  }
}

function isSame<Value extends object>(one: Value, other: Value): boolean {
  const names = Object.keys(other) as (keyof Value)[];
  return names.length === Object.keys(one).length && names.every((name) => one[name] === other[name]);
}
