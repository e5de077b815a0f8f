import { GatewayClient } from '../../client/gateway-client.ts';
import { RoomClient } from '../../client/rooms/room-client.ts';
import type { ClientStream } from '../../client/stream.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { createWsDial, nodeClock } from '../../testing/ws-dial.ts';

const PACK = 'sockets';
/** As many as the built-in lessons have. */
const STEPS = 82;

/** One page of the class, without what is drawn. Times are the machine's wall clock: all processes share it. */
export class Learner {
  readonly client: GatewayClient;
  readonly room: RoomClient;
  readonly entered: Promise<void>;
  /** How often the page was asked for a snapshot. */
  asked = 0;
  /** Of each part of a mirror: its number in the bytes, and when it came. */
  readonly parts: { readonly part: number; readonly at: Milliseconds }[] = [];
  readonly echoes: Milliseconds[] = [];
  #step = 0;
  #stream: ClientStream | undefined;
  #sentAt: Milliseconds | undefined;

  constructor(url: string) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.entered = promise;
    this.room = new RoomClient({
      client: () => this.client,
      clock: nodeClock,
      onTold: (message) => {
        if (message.say === 'mirror' && message.on) this.asked += 1;
      },
      onMirror: (_mirror, kind, bytes) => {
        if (kind === 'delta')
          this.parts.push({ part: Number(new TextDecoder().decode(bytes.subarray(0, 8))), at: Date.now() });
      },
    });
    this.client = new GatewayClient({
      dial: createWsDial(url),
      clock: nodeClock,
      random: Math.random,
      schedule: (flush) => queueMicrotask(flush),
      extension: this.room.extension,
      onWelcome: () => resolve(),
      onPhase: () => undefined,
      onLatency: () => undefined,
      onStats: () => undefined,
    });
    this.client.start();
  }

  get seat(): number {
    return this.room.model.own?.seat ?? 0;
  }

  /** How long it has waited for the echo that is under way. */
  get waits(): Milliseconds | undefined {
    return this.#sentAt === undefined ? undefined : performance.now() - this.#sentAt;
  }

  /** Sends a word and waits for its echo, unless one is still under way. */
  echo(port: number): void {
    if (this.#sentAt !== undefined) return;
    this.#stream ??= this.client.open(
      { kind: 'tcp', host: '127.0.0.1', port },
      {
        onData: (_at, bytes) => {
          this.#stream?.consume(bytes.length);
          if (this.#sentAt !== undefined) this.echoes.push(performance.now() - this.#sentAt);
          this.#sentAt = undefined;
        },
        onReset: () => {
          this.#stream = undefined;
          this.#sentAt = undefined;
        },
      },
    );
    this.#sentAt = performance.now();
    this.#stream.send(new TextEncoder().encode('hello python'));
  }

  /** Does the next step; returns which one it is in now. */
  meetStep(): number {
    const step = (number: number): string => `step-${number % STEPS}`;
    const done = { pack: PACK, lesson: 'stream', step: step(this.#step), rev: 1, tries: 1, hints: 0, shown: false };
    this.#step += 1;
    this.room.reporter.finish(done);
    this.room.reporter.moveTo({
      lesson: 'stream',
      step: step(this.#step),
      number: 1 + (this.#step % STEPS),
      of: STEPS + 1,
    });
    return 1 + (this.#step % STEPS);
  }
  get confirmed(): number {
    return Math.min(this.#step, STEPS) - this.room.reporter.unconfirmed.length;
  }
}
