import type { Milliseconds } from '../../protocol/units.ts';
import { pause } from '../program.ts';
import { TestClient } from '../test-client.ts';

const ASK_EVERY: Milliseconds = 50;
const GIVEN_UP_AFTER: Milliseconds = 5_000;

/** One who asks an echo twenty times a second, for one byte, and writes down how long each answer takes. */
export class QuietLearner {
  readonly #client: TestClient;
  readonly #ask: () => Promise<Milliseconds>;
  readonly #waits: Milliseconds[] = [];
  #isOver = false;
  #asking: Promise<void> = Promise.resolve();

  private constructor(client: TestClient, port: number) {
    this.#client = client;
    let answered: (() => void) | undefined;
    const stream = client.connect(port, {
      onData: (_at, bytes) => {
        stream.consume(bytes.length);
        answered?.();
      },
    });
    this.#ask = async () => {
      const start = performance.now();
      const { promise, resolve } = Promise.withResolvers<void>();
      answered = resolve;
      stream.send(Uint8Array.of(1));
      await Promise.race([promise, pause(GIVEN_UP_AFTER)]);
      return performance.now() - start;
    };
  }
  static async enter(url: string, port: number, token?: string): Promise<QuietLearner> {
    const client = await TestClient.enter(url, undefined, token);
    const quiet = new QuietLearner(client, port);
    quiet.#asking = quiet.#askOn();
    return quiet;
  }

  /** Its session was never lost, nor refused. */
  get isUndisturbed(): boolean {
    return this.#client.arrivals.length === 1 && this.#client.failures.length === 0;
  }
  /** How long the answers took since this was last asked. */
  take(): readonly Milliseconds[] {
    return this.#waits.splice(0);
  }
  async leave(): Promise<void> {
    this.#isOver = true;
    await this.#asking;
    this.#client.leave();
  }

  async #askOn(): Promise<void> {
    while (!this.#isOver) {
      this.#waits.push(await this.#ask());
      await pause(ASK_EVERY);
    }
  }
}
