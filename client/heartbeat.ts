import type { Cancel, Clock } from '../protocol/clock.ts';
import type { Milliseconds } from '../protocol/units.ts';

const PING_INTERVAL: Milliseconds = 5_000;
/** A PONG that waits for a busy page is no slower network: the fastest of the last few is told. */
const LATENCIES_KEPT = 5;
const UNSTABLE_AFTER: Milliseconds = 3_000;
const REDIAL_AFTER: Milliseconds = 8_000;

export type HeartbeatPort = {
  readonly clock: Clock;
  readonly sendPing: (id: number) => void;
  readonly onLatency: (latency: Milliseconds) => void;
  /** Nothing has come for 3 s. */
  readonly onUnstable: () => void;
  /** Nothing has come for so long, 8 s or more: the WebSocket is of no use. */
  readonly onSilent: (silence: Milliseconds) => void;
};

/** PING and PONG on one WebSocket after the other: the latency, and a WebSocket that has gone silent (rule R8). */
export class Heartbeat {
  readonly #port: HeartbeatPort;
  #heardAt: Milliseconds = 0;
  #pingId = 0;
  #pingedAt: Milliseconds | undefined;
  #timer: Cancel | undefined;
  #isPinging = true;
  #latencies: readonly Milliseconds[] = [];

  constructor(port: HeartbeatPort) {
    this.#port = port;
  }

  /** Any message is a sign of life. */
  hear(): void {
    this.#heardAt = this.#port.clock.now();
  }
  /** False: no PING follows the next PONG. */
  setPinging(isPinging: boolean): void {
    this.#isPinging = isPinging;
  }
  ping(): void {
    this.stop();
    this.#pingId = (this.#pingId + 1) >>> 0;
    this.#pingedAt = this.#port.clock.now();
    this.#port.sendPing(this.#pingId);
    this.#timer = this.#port.clock.after(UNSTABLE_AFTER, () => this.#onSilence());
  }
  onPong(id: number): void {
    if (id !== this.#pingId || this.#pingedAt === undefined) return;
    const { clock, onLatency } = this.#port;
    this.#latencies = [...this.#latencies, clock.now() - this.#pingedAt].slice(-LATENCIES_KEPT);
    this.#pingedAt = undefined;
    this.stop();
    this.#timer = clock.after(PING_INTERVAL, () => {
      if (this.#isPinging) this.ping();
    });
    onLatency(Math.min(...this.#latencies));
  }
  stop(): void {
    this.#timer?.();
    this.#timer = undefined;
  }

  /** No PONG for a while; other frames are signs of life too. */
  #onSilence(): void {
    const { clock, onSilent, onUnstable } = this.#port;
    const silence = clock.now() - Math.max(this.#heardAt, this.#pingedAt ?? 0);
    if (silence >= REDIAL_AFTER) {
      onSilent(silence);
      return;
    }
    const next = silence >= UNSTABLE_AFTER ? REDIAL_AFTER - silence : UNSTABLE_AFTER - silence;
    this.#timer = clock.after(Math.max(1, next), () => this.#onSilence());
    if (silence >= UNSTABLE_AFTER) onUnstable();
  }
}
