import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Registry } from 'prom-client';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { GatewayExtension } from '../gateway/extension.ts';
import type { Gateway } from '../gateway/gateway.ts';

const EVENT_LOOP_RESOLUTION = 20;
const QUANTILES = [50, 90, 99];
const NANOSECONDS = 1e9;

/** What is counted of one gateway, in a registry of its own. Numbers that change with every message are read when asked for. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #eventLoop = monitorEventLoopDelay({ resolution: EVENT_LOOP_RESOLUTION });
  readonly #sessions = this.#counter('sessions_total', 'HELLOs that were answered by WELCOME, by its status', [
    'status',
  ]);
  readonly #opens = this.#counter('opens_total', 'OPENs, by kind of socket and outcome', ['kind', 'outcome']);
  readonly #refusals = this.#counter('refusals_total', 'What was refused or ended by a rule, by its code', ['code']);

  constructor() {
    this.#eventLoop.enable();
    for (const status of ['new', 'resumed', 'gone']) this.#sessions.inc({ status }, 0);
    this.#gauge('event_loop_delay_seconds', 'How late timers are since the last look', ['quantile'], (gauge) => {
      for (const quantile of QUANTILES) {
        const delay = this.#eventLoop.percentile(quantile) / NANOSECONDS;
        gauge.set({ quantile: String(quantile / 100) }, Math.max(0, delay - EVENT_LOOP_RESOLUTION / 1_000));
      }
      this.#eventLoop.reset();
    });
    this.#gauge('resident_memory_bytes', 'Resident set of the process', [], (gauge) =>
      gauge.set(process.memoryUsage.rss()),
    );
    this.#read('cpu_seconds_total', 'Processor time of the process', () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    });
  }

  readonly contentType = this.#registry.contentType;
  text(): Promise<string> {
    return this.#registry.metrics();
  }
  close(): void {
    this.#eventLoop.disable();
    this.#registry.clear();
  }

  /** What the gateway tells as it happens. */
  readonly extension: GatewayExtension = {
    onTab: (_session, change) => {
      if (change !== 'detached' && change !== 'out') this.#sessions.inc({ status: change });
    },
    onOutcome: (_session, { kind }, outcome) => this.#opens.inc({ kind, outcome }),
    onRefused: (code) => this.countRefusal(code),
  };
  countRefusal(code: ErrorCode): void {
    this.#refusals.inc({ code });
  }

  /** What the gateway is asked when somebody looks. */
  watch(gateway: Gateway): void {
    const { traffic } = gateway;
    this.#gauge('sessions', 'Sessions, by whether their browser is connected', ['state'], (gauge) => {
      const detached = gateway.detachedCount;
      gauge.set({ state: 'detached' }, detached);
      gauge.set({ state: 'attached' }, gateway.sessionCount - detached);
    });
    this.#gauge('streams', 'Sockets that learners have open', [], (gauge) => gauge.set(gateway.socketCount));
    this.#read('replayed_frames_total', 'Frames that resumed sessions were given again', () => traffic.replayedFrames);
    this.#read('up_bytes_total', 'Bytes of WebSocket messages from browsers', () => traffic.bytesUp);
    this.#read('down_bytes_total', 'Bytes of WebSocket messages to browsers', () => traffic.bytesDown);
    this.#read('up_messages_total', 'WebSocket messages from browsers', () => traffic.messagesUp);
    this.#read('down_messages_total', 'WebSocket messages to browsers', () => traffic.messagesDown);
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name: `playground_${name}`, help, labelNames, registers: [this.#registry] });
  }
  #gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    set: (gauge: Gauge<Label>) => void,
  ): void {
    new Gauge({
      name: `playground_${name}`,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        set(this);
      },
    });
  }
  /** A number that only grows and that somebody else keeps. */
  #read(name: string, help: string, value: () => number): void {
    new Counter({
      name: `playground_${name}`,
      help,
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  }
}
