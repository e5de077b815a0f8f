import { FrameType } from '../../protocol/frame.ts';
import { encodeMessage } from '../../protocol/messages/codec.ts';
import { encodeEvent, encodeTime } from '../../protocol/payloads.ts';
import { ManualClock } from '../../protocol/testing/manual-clock.ts';
import { ByteSequence } from '../../testing/byte-sequence.ts';
import { GatewayClient } from '../gateway-client.ts';
import type { ClientStream, StreamHandler } from '../stream.ts';
import { type FarStream, MemoryGateway } from './memory-gateway.ts';

export const STREAM_CALLBACKS = [
  'onOpened',
  'onData',
  'onSent',
  'onEvent',
  'onFin',
  'onProgress',
  'onClosed',
  'onReset',
  'onDatagram',
  'onPending',
  'onAccepted',
] as const;
export const CALLBACKS = [
  ...STREAM_CALLBACKS,
  'onWelcome',
  'onPhase',
  'onLatency',
  'onStats',
  'onTime',
  'result of a call',
] as const;
export type CallbackName = (typeof CALLBACKS)[number];

/** More than a window, and no whole number of frames. */
export const LONG = 300_000;
const TARGET = { kind: 'tcp', host: '127.0.0.1', port: 2 } as const;

/**
 * A client that is busy on two streams, the `subject` and an `other` one, and beside them one of each kind; and a gateway that makes it call
 * each callback there is while most of what was sent still waits. The first call of `callback` runs `act`.
 */
export class CallbackWorld {
  readonly clock = new ManualClock();
  readonly gateway = new MemoryGateway(this.clock);
  readonly client: GatewayClient;
  readonly subject: ClientStream;
  readonly other: ClientStream;
  readonly listener: ClientStream;
  readonly datagrams: ClientStream;
  readonly reported: unknown[] = [];
  /** Every callback that ran, in order. */
  readonly called: CallbackName[] = [];
  readonly received: Uint8Array[] = [];
  readonly otherReceived: Uint8Array[] = [];
  /** How many callbacks had run when `act` returned; and whether one runs within another. */
  calledWhenActed: number | undefined;
  isNested = false;
  #running = 0;
  readonly #callback: CallbackName;
  readonly #act: (world: CallbackWorld) => void;

  constructor(callback: CallbackName, act: (world: CallbackWorld) => void) {
    this.#callback = callback;
    this.#act = act;
    this.client = new GatewayClient({
      dial: this.gateway.dial,
      clock: this.clock,
      random: () => 0.5,
      schedule: this.gateway.schedule,
      onWelcome: () => this.#on('onWelcome'),
      onPhase: () => this.#on('onPhase'),
      onLatency: () => this.#on('onLatency'),
      onStats: () => this.#on('onStats'),
      onTime: () => this.#on('onTime'),
      reportError: (error) => this.reported.push(error),
    });
    this.subject = this.client.open(TARGET, this.#handler(STREAM_CALLBACKS.slice(0, 6), this.received));
    this.other = this.client.open(TARGET, this.#handler([], this.otherReceived));
    this.listener = this.client.open(
      { kind: 'listen', host: '127.0.0.1', port: 0 },
      this.#handler(['onPending', 'onAccepted']),
    );
    this.datagrams = this.client.open({ kind: 'udp', host: '127.0.0.1', port: 0 }, this.#handler(['onDatagram']));
    const closing = this.client.open(TARGET, this.#handler(['onClosed']));
    const failing = this.client.open(TARGET, this.#handler(['onReset']));
    this.subject.send(new ByteSequence(1).bytes(0, LONG));
    this.other.send(new ByteSequence(2).bytes(0, LONG));
    let isFirst = true;
    this.gateway.onData = (stream) => {
      if (stream.id !== this.other.id || !isFirst) return;
      isFirst = false;
      this.#makeCallbacks(stream, closing.id, failing.id);
    };
  }

  /** Lets everything happen. */
  async run(): Promise<void> {
    this.client.start();
    void this.client.call({ call: 'getaddrinfo', host: 'localhost' }).then(() => this.#on('result of a call'));
    await this.go();
  }
  /** Message by message, with a microtask's turn after each. */
  async go(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) {
      this.gateway.step(1);
      for (let tick = 0; tick < 4; tick += 1) await Promise.resolve();
    }
    this.gateway.settle();
  }
  far(stream: ClientStream): FarStream | undefined {
    return this.gateway.streams.get(stream.id);
  }

  #makeCallbacks(other: FarStream, closing: number, failing: number): void {
    const { gateway } = this;
    const subject = gateway.streams.get(this.subject.id) as FarStream;
    for (let at = 0; at < 100_000; at += 10_000) {
      gateway.say(subject, new ByteSequence(3).bytes(at, 10_000));
      gateway.say(other, new ByteSequence(4).bytes(at, 10_000));
    }
    gateway.send(
      FrameType.EVENT,
      subject.id,
      encodeEvent({ at: 7, call: 'recv', argument: 1, count: 1, text: '', error: undefined }),
    );
    gateway.send(FrameType.FIN, subject.id, encodeTime(8));
    gateway.send(FrameType.PENDING, this.listener.id, encodeMessage({ at: 9, waiting: 1, max: 6 }));
    gateway.accept(this.listener.id);
    gateway.send(FrameType.CLOSED, closing, encodeTime(10));
    gateway.send(FrameType.RST, failing, encodeMessage({ at: 11, code: 'ECONNRESET', text: '' }));
    gateway.sendUnnumbered(FrameType.STATS, encodeMessage({ at: 12, epoch: 1, lab: [], kernel: [] }));
    this.datagrams.sendTo('127.0.0.1', 7, Uint8Array.of(1));
  }

  #on(callback: CallbackName): void {
    this.called.push(callback);
    // Who changes the phase is told at once; and a promise's result is no callback of the client's.
    if (this.#running > 0 && callback !== 'onPhase' && this.#callback !== 'result of a call') this.isNested = true;
    if (callback !== this.#callback || this.calledWhenActed !== undefined) return;
    this.calledWhenActed = 0;
    this.#running += 1;
    try {
      this.#act(this);
    } finally {
      this.#running -= 1;
      this.calledWhenActed = this.called.length;
    }
  }

  /** Of the callbacks, those named are looked at; bytes are always taken and consumed. */
  #handler(names: readonly (typeof STREAM_CALLBACKS)[number][], received: Uint8Array[] = []): StreamHandler {
    const on = (name: (typeof STREAM_CALLBACKS)[number]): void => {
      if (names.includes(name)) this.#on(name);
    };
    return {
      onOpened: () => on('onOpened'),
      onData: (_at, bytes) => {
        received.push(bytes.slice());
        const stream = received === this.received ? this.subject : this.other;
        stream.consume(bytes.length);
        on('onData');
      },
      onSent: () => on('onSent'),
      onEvent: () => on('onEvent'),
      onFin: () => on('onFin'),
      onProgress: () => on('onProgress'),
      onClosed: () => on('onClosed'),
      onReset: () => on('onReset'),
      onDatagram: () => on('onDatagram'),
      onPending: () => on('onPending'),
      onAccepted: () => {
        on('onAccepted');
        return {};
      },
    };
  }
}
