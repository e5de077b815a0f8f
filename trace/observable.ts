/** What React reads with useSyncExternalStore: a version that grows, and its listeners. */
export class Observable {
  readonly #listeners = new Set<() => void>();
  #version = 0;

  readonly version = (): number => this.#version;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  protected changed(): void {
    this.#version += 1;
    for (const notify of this.#listeners) notify();
  }
}
