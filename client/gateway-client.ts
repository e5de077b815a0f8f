import type { TSchema } from 'typebox';
import { PlaygroundError } from '../protocol/errors.ts';
import { assertPayloadFits, type Frame, FrameType } from '../protocol/frame.ts';
import { type CallRequest, CallResult, SocketCall } from '../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../protocol/messages/codec.ts';
import type { Welcome } from '../protocol/messages/session.ts';
import { Accepted, Open } from '../protocol/messages/socket.ts';
import { Stats, Watch } from '../protocol/messages/stats.ts';
import { decodeEvent } from '../protocol/payloads.ts';
import type { Microseconds, Milliseconds } from '../protocol/units.ts';
import { Budgets } from './budgets.ts';
import { CallTable } from './call-table.ts';
import { Callbacks } from './callbacks.ts';
import type { GatewayClientOptions } from './gateway-client-options.ts';
import { Outbox } from './outbox.ts';
import { SendCopies } from './send-copies.ts';
import { ServerClock } from './server-clock.ts';
import { type Arrival, type Phase, Session } from './session.ts';
import { ClientStream, type StreamHandler, type StreamPort } from './stream.ts';
import { type FrameSink, STREAM_FRAMES, type StreamEntry } from './stream-frames.ts';

const ENDED_KEPT = 64;
/** What a call comes to once the session has been left. */
const LEFT: CallResult = { id: 0, at: 0, code: 'SESSION_GONE' };

/**
 * A browser's end of the gateway protocol: opens sockets, obeys budgets by slowing down, survives cut WebSockets. Everything may be
 * called from within every callback, its own and those of the streams.
 */
export class GatewayClient {
  readonly #options: GatewayClientOptions;
  readonly #session: Session;
  readonly #callbacks: Callbacks;
  readonly #outbox: Outbox;
  readonly #copies = new SendCopies();
  readonly #streams = new Map<number, StreamEntry>();
  /** Streams that have ended while the program at the other end goes on: EVENTs of its calls still come. */
  readonly #ended = new Map<number, StreamHandler>();
  readonly #calls = new CallTable();
  readonly #port: Omit<StreamPort, 'wake'>;
  readonly #sink: FrameSink;
  #nextStream = 1;
  readonly #serverClock: ServerClock;

  constructor(options: GatewayClientOptions) {
    this.#options = options;
    this.#serverClock = new ServerClock(options.clock);
    this.#callbacks = new Callbacks(options.reportError);
    this.#port = {
      sendFrame: (type, stream, payload) => this.#outbox.sendControl({ type, stream, payload }),
      call: (stream, call) => this.#call(stream, call),
      copies: this.#copies,
    };
    this.#sink = {
      callbacks: this.#callbacks,
      wake: (stream) => this.#outbox.wake(stream),
      finish: (id) => void this.#finish(id),
    };
    this.#session = new Session({
      ...options,
      schedule: (flush) => options.schedule(() => this.#copies.around(flush)),
      onFrame: (frame) => this.#onFrame(frame),
      onDrain: () => this.#outbox.run(),
      onWelcome: (welcome, arrival) => this.#onWelcome(welcome, arrival),
      onPhase: (phase, error) => {
        // The gateway says itself that the session is over: its sockets are closed now, not when there is another one.
        if (phase === 'offline' && error?.code === 'SESSION_GONE')
          this.#onLost(this.#serverClock.now(), 'the playground stopped');
        if (phase === this.phase) this.#tell(options.onPhase, phase, error);
      },
      onLatency: (latency) => this.#tell(options.onLatency, latency),
    });
    this.#outbox = new Outbox({
      clock: options.clock,
      send: (type, stream, payload) => this.#session.send(type, stream, payload),
      hasRoom: (framesAtOnce) => {
        const { reliable } = this.#session;
        return reliable.hasRoomOrNotify() && reliable.unacknowledgedFrames < framesAtOnce;
      },
      onSent: ({ id }) => {
        const handler = this.#streams.get(id)?.handler;
        if (handler?.onProgress) this.#callbacks.run(handler, handler.onProgress);
      },
    });
  }

  get phase(): Phase {
    return this.#session.phase;
  }
  /** The node that has the session, once it is known. */
  get node(): string | undefined {
    return this.#session.node;
  }
  /** Dials. A session that has been left is not begun again. `node`: of a program, the one that has its page's session. */
  start(node?: string): void {
    this.#session.start(node);
  }
  /** Comes in with another token. */
  enter(token: string): void {
    this.#session.enter(token);
  }
  poke(): void {
    this.#session.poke();
  }
  setPinging(isPinging: boolean): void {
    this.#session.setPinging(isPinging);
  }
  /**
   * Ends the session for good: the gateway resets all of its sockets. Streams are over at once, calls that wait come to SESSION_GONE,
   * and after `onPhase` nothing is called any more.
   */
  leave(): void {
    if (this.phase === 'left') return;
    for (const { stream } of this.#streams.values()) stream.finish();
    this.#streams.clear();
    this.#ended.clear();
    this.#outbox.close();
    this.#calls.settleAll(LEFT);
    this.#session.leave();
  }

  /**
   * Asks for a socket. It may be used at once: what is sent before it is open is queued, as RFC 9293 §3.10.2 has it. Of a session that has
   * been left, a stream that is over.
   * @throws {PlaygroundError} MESSAGE_INVALID: the gateway would end the session for it
   */
  open(open: Open, handler: StreamHandler): ClientStream {
    const payload = encodeChecked(Open, open);
    const stream = this.#add(this.#nextStream, handler);
    this.#nextStream += 2;
    if (!stream.isOver) this.#outbox.ask(stream.id, payload);
    return stream;
  }
  /** A call that needs no socket: getaddrinfo, trysocket, seqpacket, ticket, end. */
  call(call: CallRequest): Promise<CallResult> {
    return this.#call(0, call);
  }
  /** A frame of an extension's. @throws {PlaygroundError} FRAME_INVALID: the payload does not fit it */
  tell(type: typeof FrameType.ROOM | typeof FrameType.MIRROR_UP, payload: Uint8Array): void {
    assertPayloadFits(payload);
    if (this.phase !== 'left') this.#outbox.sendControl({ type, stream: 0, payload });
  }
  /** Whose kernel state STATS should tell, of 16 sockets at the most, and whether their other ends' too. @throws {PlaygroundError} MESSAGE_INVALID */
  watch(streams: readonly number[], hasPeers = false): void {
    const watch = { streams: [...streams], ...(hasPeers && { peers: true }) };
    this.#session.reliable.sendUnnumbered(FrameType.WATCH, 0, encodeChecked(Watch, watch));
  }

  #add(id: number, handler: StreamHandler): ClientStream {
    const stream: ClientStream = new ClientStream(id, { ...this.#port, wake: () => this.#outbox.wake(stream) });
    if (this.phase === 'left') stream.finish();
    else this.#streams.set(id, { stream, handler });
    return stream;
  }

  /** @throws {PlaygroundError} MESSAGE_INVALID, by the promise: the gateway would end the session for it. */
  #call(stream: number, call: CallRequest): Promise<CallResult> {
    const id = this.#calls.takeId();
    return new Promise((resolve) => {
      const payload = encodeChecked(SocketCall, { ...call, id });
      if (this.phase === 'left') {
        resolve(LEFT);
        return;
      }
      this.#calls.add(id, resolve);
      this.#outbox.sendControl({ type: FrameType.CALL, stream, payload });
    });
  }

  #tell<Arguments extends unknown[]>(callback: ((...args: Arguments) => void) | undefined, ...args: Arguments): void {
    this.#callbacks.run(this.#options, callback, ...args);
  }

  #onTime(server: Microseconds, epoch: Milliseconds): void {
    this.#serverClock.told(server);
    this.#tell(this.#options.onTime, server, epoch);
  }

  #onWelcome(welcome: Welcome, arrival: Arrival): void {
    this.#onTime(welcome.now, welcome.epoch);
    const { budgets } = this.#outbox;
    if (!budgets || arrival.isLost) this.#outbox.budgets = new Budgets(this.#options.clock, welcome.limits);
    else {
      // What is sent again counts again, at the gateway too; meanwhile both budgets have refilled.
      const { unacknowledged, unacknowledgedFrames } = this.#session.reliable;
      budgets.take(unacknowledgedFrames, unacknowledged);
    }
    if (arrival.isLost) this.#serverClock.forget();
    this.#outbox.hold();
    if (arrival.isLost) this.#onLost(welcome.now, 'the session was lost');
    if (this.phase !== 'left') this.#tell(this.#options.onWelcome, welcome, arrival);
    const { extension } = this.#options;
    if (extension && this.phase !== 'left') this.#callbacks.run(extension, extension.onArrival, arrival);
    this.#outbox.release();
    this.#outbox.run();
  }

  /** The gateway has closed all that the last session had: say so to each socket, once all of them are over (resume rule R7). */
  #onLost(at: Microseconds, text: string): void {
    this.#calls.settleAll({ id: 0, at, code: 'ECONNRESET' });
    const handlers = [...this.#streams.keys()].map((id) => this.#finish(id));
    for (const handler of handlers) {
      if (this.phase === 'left') return;
      if (handler?.onReset) {
        this.#callbacks.run(handler, handler.onReset, { at, code: 'ECONNRESET', text });
      }
    }
  }

  #finish(id: number): StreamHandler | undefined {
    const entry = this.#streams.get(id);
    if (!entry) return undefined;
    this.#streams.delete(id);
    this.#outbox.forget(entry.stream);
    entry.stream.finish();
    this.#ended.set(id, entry.handler);
    for (const oldest of this.#ended.keys()) {
      if (this.#ended.size <= ENDED_KEPT) break;
      this.#ended.delete(oldest);
    }
    return entry.handler;
  }

  #onFrame(frame: Frame): void {
    this.#outbox.hold();
    try {
      this.#takeFrame(frame);
    } finally {
      this.#outbox.release();
    }
  }
  #takeFrame({ type, stream: id, payload }: Frame): void {
    if (type === FrameType.RESULT) {
      this.#calls.settle(decodeMessage(CallResult, payload)); // of a socket that may have ended
      return;
    }
    if (id === 0) {
      const { extension } = this.#options;
      if (type === FrameType.STATS) this.#onStats(decodeMessage(Stats, payload));
      else if (extension && (type === FrameType.ROOM || type === FrameType.GRID || type === FrameType.MIRROR)) {
        this.#callbacks.run(extension, extension.onFrame, type, payload);
      }
      return;
    }
    if (type === FrameType.ACCEPTED) {
      this.#onAccepted(id, decodeMessage(Accepted, payload));
      return;
    }
    const entry = this.#streams.get(id);
    if (entry) {
      const take = STREAM_FRAMES[type];
      if (!take) throw new PlaygroundError('FRAME_INVALID', `type ${type} is not for a browser`);
      this.#serverClock.reached(take(this.#sink, entry, payload));
    } else if (type === FrameType.EVENT) {
      const handler = this.#ended.get(id);
      if (handler) this.#callbacks.run(handler, handler.onEvent, decodeEvent(payload));
    }
  }

  #onStats(stats: Stats): void {
    this.#onTime(stats.at, stats.epoch);
    if (this.phase !== 'left') this.#tell(this.#options.onStats, stats);
  }

  #onAccepted(id: number, accepted: Accepted): void {
    const listener = this.#streams.get(accepted.listener)?.handler;
    const stream = this.#add(id, {});
    const entry = this.#streams.get(id) as StreamEntry;
    const handler = listener && this.#callbacks.run(listener, listener.onAccepted, stream, accepted);
    if (handler) entry.handler = handler;
    else stream.reset(); // the listener was closed meanwhile, or its callback threw
  }
}

/** What the gateway takes, or an error here: there it would end the session. @throws {PlaygroundError} MESSAGE_INVALID, FRAME_INVALID */
function encodeChecked(schema: TSchema, message: object): Uint8Array {
  const payload = encodeMessage(message);
  assertPayloadFits(payload);
  decodeMessage(schema, payload);
  return payload;
}
