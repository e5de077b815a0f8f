/** The scripts that a server runs for its connections, and what became of them: each failure is told once. */
export class Scripts {
  readonly #running = new Set<Promise<void>>();
  #failures: unknown[] = [];

  /** `onFailure`: at once, before anybody asks. */
  run(script: () => Promise<void> | void, onFailure: () => void): void {
    const ended: Promise<void> = (async () => await script())()
      .catch((error: unknown) => {
        this.#failures.push(error);
        onFailure();
      })
      .finally(() => this.#running.delete(ended));
    this.#running.add(ended);
  }
  /** When all have ended. @throws the first failure, if it was not told yet */
  async done(): Promise<void> {
    while (this.#running.size > 0 && this.#failures.length === 0) await Promise.race(this.#running);
    const [first] = this.#failures;
    const isFailed = this.#failures.length > 0;
    this.#failures = [];
    if (isFailed) throw first;
  }
  /** Likewise, but after the last has ended. */
  async end(): Promise<void> {
    await Promise.all(this.#running);
    await this.done();
  }
}
