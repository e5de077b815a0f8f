/** A value that only the server can change: what was asked for last is shown at once, and taken back where the server refuses it. */
export class Asked<Value> {
  readonly #onChange: () => void;
  #asked: { readonly value: Value } | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** What is shown: what was asked for last while its answer is due, else what the server has told. */
  over(told: Value): Value {
    return this.#asked ? this.#asked.value : told;
  }
  /** @throws {PlaygroundError} what the server refuses it with */
  async ask(value: Value, send: () => Promise<unknown>): Promise<void> {
    const asked = { value };
    this.#asked = asked;
    this.#onChange();
    try {
      await send();
    } finally {
      // Of several whose answers are due, the last one counts.
      if (this.#asked === asked) this.#asked = undefined;
      this.#onChange();
    }
  }
}
