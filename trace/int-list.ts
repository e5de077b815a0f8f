/** Integers below 2^31 in 4 bytes each, for indexes that grow with a log of a million events. */
export class IntList {
  #values = new Int32Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }
  /** NaN-free by contract: `index` is below `length`. */
  at(index: number): number {
    return this.#values[index] as number;
  }
  set(index: number, value: number): void {
    this.#values[index] = value;
  }
  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }
  /** Forgets all from `length` on. */
  truncate(length: number): void {
    this.#length = length;
  }
  /** Puts `value` at `index`; what was there and after it moves up by one. */
  insert(index: number, value: number): void {
    this.push(value);
    this.#values.copyWithin(index + 1, index, this.#length - 1);
    this.#values[index] = value;
  }
  /** Puts each value before what is at its place now; places ascend. What stands after them is moved once. */
  insertAll(places: readonly number[], values: readonly number[]): void {
    let end = this.#length;
    for (const value of values) this.push(value);
    for (let nth = places.length - 1; nth >= 0; nth -= 1) {
      const place = places[nth] as number;
      this.#values.copyWithin(place + nth + 1, place, end);
      this.#values[place + nth] = values[nth] as number;
      end = place;
    }
  }
  /** Moves the value at `from` down to `to` (`to` ≤ `from`); those between move up by one. */
  moveDown(from: number, to: number): void {
    const value = this.at(from);
    this.#values.copyWithin(to + 1, to, from);
    this.#values[to] = value;
  }
}
