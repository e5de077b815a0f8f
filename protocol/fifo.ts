/** Below this an array with a gap at its front costs less than moving what is behind the gap. */
const GAP_MIN = 32;

/** A queue that keeps nothing of what has left it. Most are empty most of the time, and one that never held anything has no array. */
export class Fifo<Item> {
  #items: (Item | undefined)[] | undefined;
  /** Slots before it are empty. */
  #head = 0;

  get length(): number {
    return this.#items ? this.#items.length - this.#head : 0;
  }
  push(item: Item): void {
    this.#items ??= [];
    this.#items.push(item);
  }
  /** The oldest; undefined when there is none. */
  peek(): Item | undefined {
    return this.#items?.[this.#head];
  }
  /** Takes the oldest out; undefined when there is none. */
  shift(): Item | undefined {
    const items = this.#items;
    if (!items || items.length === 0) return undefined;
    if (items.length - this.#head === 1) {
      const last = items.pop(); // keeps a short array's memory: who sends one and waits for the answer uses it again
      if (this.#head > 0) this.clear();
      return last;
    }
    const item = items[this.#head];
    items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head >= GAP_MIN && this.#head * 2 >= items.length) {
      items.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }
  clear(): void {
    this.#items = undefined;
    this.#head = 0;
  }
}
