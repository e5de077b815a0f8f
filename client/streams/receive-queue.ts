/** What has come, as a stream that is filled as it is read: `onTaken` is told of each thing that a reader was given. */
export class ReceiveQueue<T> {
  readonly readable: ReadableStream<T>;
  readonly #queue: T[] = [];
  readonly #onTaken: (one: T) => void;
  #controller: ReadableStreamDefaultController<T> | undefined;
  #wake: (() => void) | undefined;
  #isEnded = false;
  #isCancelled = false;

  constructor(onTaken: (one: T) => void) {
    this.#onTaken = onTaken;
    this.readable = new ReadableStream<T>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#pull(),
        cancel: () => {
          this.#isCancelled = true;
          for (const one of this.#queue.splice(0)) this.#onTaken(one);
        },
      },
      { highWaterMark: 0 },
    );
  }

  push(one: T): void {
    if (this.#isCancelled) this.#onTaken(one);
    else this.#queue.push(one);
    this.#wake?.();
  }
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
    if (this.#queue.length === 0) this.#close();
  }
  fail(error: Error): void {
    if (this.#isEnded && this.#queue.length === 0) return;
    this.#isEnded = true;
    this.#isCancelled = true;
    this.#queue.length = 0;
    this.#controller?.error(error);
    this.#wake?.();
  }

  async #pull(): Promise<void> {
    while (this.#queue.length === 0 && !this.#isEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const one = this.#queue.shift();
    if (one !== undefined) {
      this.#controller?.enqueue(one);
      this.#onTaken(one);
    }
    if (this.#isEnded && this.#queue.length === 0) this.#close();
  }
  #isClosed = false;
  #close(): void {
    if (this.#isClosed || this.#isCancelled) return;
    this.#isClosed = true;
    this.#controller?.close();
  }
}
