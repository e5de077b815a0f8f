import { GatewayClient } from '../client/gateway-client.ts';
import type { Arrival } from '../client/session.ts';
import type { ClientStream, StreamHandler } from '../client/stream.ts';
import type { Clock } from '../protocol/clock.ts';
import type { PlaygroundError } from '../protocol/errors.ts';
import { failTest } from '../testing/playground.ts';
import { createWsDial, nodeClock } from '../testing/ws-dial.ts';

/** The client library as a page uses it, without the page. */
export class TestClient {
  readonly client: GatewayClient;
  /** Every WELCOME, with how it was reached. */
  readonly arrivals: Arrival[] = [];
  readonly failures: PlaygroundError[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(url: string, clock: Clock, token: string | undefined) {
    this.client = new GatewayClient({
      dial: createWsDial(url),
      ...(token === undefined ? {} : { token }),
      clock,
      random: Math.random,
      schedule: (flush) => queueMicrotask(flush),
      reportError: failTest,
      onWelcome: (_welcome, arrival) => {
        this.arrivals.push(arrival);
        for (const resolve of [...this.#waiting]) resolve();
      },
      onPhase: (_phase, error) => {
        if (error) this.failures.push(error);
      },
      onLatency: () => undefined,
      onStats: () => undefined,
    });
  }

  static async enter(url: string, clock = nodeClock, token?: string): Promise<TestClient> {
    const client = new TestClient(url, clock, token);
    client.client.start();
    await client.arrived(1);
    return client;
  }

  /** Resolves when so many WELCOMEs have come. */
  arrived(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.arrivals.length < count) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  connect(port: number, handler: StreamHandler): ClientStream {
    return this.client.open({ kind: 'tcp', host: '127.0.0.1', port }, handler);
  }
  leave(): void {
    this.client.leave();
  }
}

/** A clock that runs `factor` times as fast: seconds of silence are over in a fraction of one. */
export function fastClock(factor: number): Clock {
  return {
    now: () => nodeClock.now() * factor,
    after: (delay, run) => nodeClock.after(delay / factor, run),
  };
}
