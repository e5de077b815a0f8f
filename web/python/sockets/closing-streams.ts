import type { ProgramStream } from './program-stream.ts';

/** Closed by the program, and not yet by the gateway: what was sent may still wait for the peer to read. */
export class ClosingStreams {
  readonly #streams = new Set<ProgramStream>();
  #onSettled: (() => void) | undefined;

  end(stream: ProgramStream, isReset: boolean): void {
    if (stream.isOver) return;
    this.#streams.add(stream);
    if (isReset) stream.reset();
    else stream.close();
  }
  /** A stream has ended. */
  onOver(): void {
    for (const stream of this.#streams) if (stream.isOver) this.#streams.delete(stream);
    if (this.#streams.size === 0) this.#onSettled?.();
  }
  /** Until the gateway has closed all that the program had. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#streams.size === 0) resolve();
      else this.#onSettled = resolve;
    });
  }
}
