import type { Cancel, Clock } from '../protocol/clock.ts';
import { PlaygroundError } from '../protocol/errors.ts';
import { type Frame, FrameType, HEADER_BYTES } from '../protocol/frame.ts';
import {
  decodeDatagram,
  decodeEvent,
  decodeReceived,
  decodeSent,
  decodeTime,
  decodeU32,
} from '../protocol/happenings.ts';
import {
  Accepted,
  CallResult,
  decodeMessage,
  encodeMessage,
  type Limits,
  type Open,
  Opened,
  Pending,
  Reset,
  type SocketCall,
  Stats,
  type Watch,
  type Welcome,
} from '../protocol/messages.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import type { Milliseconds } from '../protocol/units.ts';
import { type Arrival, type DialGateway, type Phase, Session } from './session.ts';
import { ClientStream, type StreamHandler, type StreamPort } from './stream.ts';

export type GatewayClientOptions = {
  readonly dial: DialGateway;
  readonly clock: Clock;
  readonly random: () => number;
  readonly schedule: (flush: () => void) => void;
  readonly token?: string;
  /** In place of a token: see SessionOptions. */
  readonly ticket?: (isAnew: boolean) => Promise<string>;
  readonly onWelcome: (welcome: Welcome, arrival: Arrival) => void;
  readonly onPhase: (phase: Phase, error: PlaygroundError | undefined) => void;
  readonly onLatency: (latency: Milliseconds) => void;
  readonly onStats: (stats: Stats) => void;
};

type Control = { readonly type: FrameType; readonly stream: number; readonly payload: Uint8Array };
type Entry = { readonly stream: ClientStream; handler: StreamHandler };

/** The announced rates are kept with this margin: clocks differ, and acknowledgements count as frames too. */
const RATE_MARGIN = 0.9;
const ENDED_KEPT = 64;

/** A browser's end of the gateway protocol: opens sockets, obeys budgets by slowing down, survives cut WebSockets. */
export class GatewayClient {
  readonly #options: GatewayClientOptions;
  readonly #session: Session;
  readonly #streams = new Map<number, Entry>();
  /** Streams with something queued, in the order of their turns. */
  readonly #ready = new Set<ClientStream>();
  /** Streams that have ended while the program at the other end goes on: its calls are still told. */
  readonly #ended = new Map<number, StreamHandler>();
  readonly #calls = new Map<number, (result: CallResult) => void>();
  readonly #port: StreamPort;
  #framesAtOnce = 0;
  #nextStream = 1;
  #nextCall = 1;
  #frames: TokenBucket | undefined;
  #bytes: TokenBucket | undefined;
  #opens: TokenBucket | undefined;
  #datagrams: TokenBucket | undefined;
  #retry: Cancel | undefined;
  /** Sockets that are yet to be asked for, in order; with what was said of them since, which must come after. */
  readonly #unasked = new Map<number, { readonly open: Uint8Array; readonly later: Control[] }>();

  constructor(options: GatewayClientOptions) {
    this.#options = options;
    this.#port = {
      sendFrame: (type, stream, payload) => this.#sendControl({ type, stream, payload }),
      wake: () => undefined,
      call: (stream, call) => this.#call(stream, call),
    };
    this.#session = new Session({
      ...options,
      onFrame: (frame) => this.#onFrame(frame),
      onDrain: () => this.#pump(),
      onWelcome: (welcome, arrival) => this.#onWelcome(welcome, arrival),
    });
  }

  get phase(): Phase {
    return this.#session.phase;
  }
  start(): void {
    this.#session.start();
  }
  poke(): void {
    this.#session.poke();
  }
  setPinging(isPinging: boolean): void {
    this.#session.setPinging(isPinging);
  }
  leave(): void {
    this.#session.leave();
  }

  /** Asks for a socket. It may be used at once: what is sent before it is open is queued, as RFC 9293 §3.10.2 has it. */
  open(open: Open, handler: StreamHandler): ClientStream {
    const stream = this.#add(this.#nextStream, handler);
    this.#nextStream += 2;
    this.#unasked.set(stream.id, { open: encodeMessage(open), later: [] });
    this.#pump();
    return stream;
  }
  /** A call that needs no socket: getaddrinfo, trysocket, seqpacket, ticket, end. */
  call(call: Omit<SocketCall, 'id'>): Promise<CallResult> {
    return this.#call(0, call);
  }
  /** Whose kernel state STATS should tell. */
  watch(streams: readonly number[]): void {
    const watch: Watch = { streams: [...streams] };
    this.#session.reliable.sendUnnumbered(FrameType.WATCH, 0, encodeMessage(watch));
  }

  #add(id: number, handler: StreamHandler): ClientStream {
    const stream: ClientStream = new ClientStream(id, {
      ...this.#port,
      wake: () => {
        this.#ready.add(stream);
        this.#pump();
      },
    });
    this.#streams.set(id, { stream, handler });
    return stream;
  }

  /** What does not wait for credit; but before its OPEN the gateway would not know what it is about. */
  #sendControl(control: Control): void {
    const unasked = this.#unasked.get(control.stream);
    if (unasked) unasked.later.push(control);
    else this.#send(control.type, control.stream, control.payload);
  }

  #send(type: FrameType, stream: number, payload: Uint8Array, now = this.#options.clock.now()): void {
    this.#frames?.take(1, now);
    this.#bytes?.take(HEADER_BYTES + payload.length, now);
    this.#session.reliable.send(type, stream, payload);
  }

  #call(stream: number, call: Omit<SocketCall, 'id'>): Promise<CallResult> {
    const id = this.#nextCall;
    this.#nextCall += 1;
    return new Promise((resolve) => {
      this.#calls.set(id, resolve);
      this.#sendControl({ type: FrameType.CALL, stream, payload: encodeMessage({ id, ...call }) });
    });
  }

  /** Lets go what is queued, a frame of each stream in turn, as far as budgets, credit and the channel allow. */
  #pump(): void {
    if (!this.#frames) return;
    if (this.#unasked.size > 0) this.#ask();
    while (this.#ready.size > 0) {
      let isStuck = true;
      for (const stream of this.#ready) {
        if (!this.#hasRoom) return; // an ACK or the next WELCOME calls again
        if (this.#unasked.has(stream.id)) continue;
        const next = stream.peek();
        if (!next) {
          this.#ready.delete(stream); // empty, or out of credit: `send` and CREDIT put it back
          continue;
        }
        if (next.type === FrameType.DGRAM && this.#isWaiting(this.#datagrams?.wait(1) ?? 0)) continue;
        const now = this.#options.clock.now();
        const cost = HEADER_BYTES + next.bytes.length;
        const wait = Math.max(this.#frames.wait(1, now), this.#bytes?.wait(cost, now) ?? 0);
        if (this.#isWaiting(wait)) return;
        stream.shift();
        if (next.type === FrameType.DGRAM) this.#datagrams?.take(1);
        this.#send(next.type, stream.id, next.bytes, now);
        this.#streams.get(stream.id)?.handler.onProgress?.();
        isStuck = false;
      }
      if (isStuck) return;
    }
  }

  #ask(): void {
    for (const [id, { open, later }] of this.#unasked) {
      if (this.#isWaiting(this.#opens?.wait(1) ?? 0)) break; // sockets that are open go on meanwhile
      this.#opens?.take(1);
      this.#unasked.delete(id);
      this.#send(FrameType.OPEN, id, open);
      for (const { type, payload } of later) this.#send(type, id, payload);
    }
  }

  /** After an outage all that is unacknowledged comes at once, and must not look like a flood. */
  get #hasRoom(): boolean {
    const { reliable } = this.#session;
    return reliable.askRoom() && reliable.unacknowledgedFrames < this.#framesAtOnce;
  }

  /** Comes back when a budget has refilled. Returns whether there is a wait. */
  #isWaiting(wait: Milliseconds): boolean {
    if (wait <= 0) return false;
    this.#retry ??= this.#options.clock.after(wait, () => {
      this.#retry = undefined;
      this.#pump();
    });
    return true;
  }

  #onWelcome(welcome: Welcome, arrival: Arrival): void {
    if (!this.#frames || arrival.isLost) this.#setBudgets(welcome.limits);
    else this.#chargeReplay();
    if (arrival.isLost) this.#onLost(welcome);
    this.#options.onWelcome(welcome, arrival);
    this.#pump();
  }

  /** What is sent again counts again, at the gateway too; meanwhile both budgets have refilled. */
  #chargeReplay(): void {
    const { unacknowledged, unacknowledgedFrames } = this.#session.reliable;
    this.#frames?.take(unacknowledgedFrames);
    this.#bytes?.take(unacknowledged);
  }

  #setBudgets(limits: Limits): void {
    const { now } = this.#options.clock;
    this.#framesAtOnce = limits.framesBurst / 2;
    this.#frames = new TokenBucket(now, limits.framesPerSecond * RATE_MARGIN, limits.framesBurst * RATE_MARGIN);
    this.#bytes = new TokenBucket(now, limits.bytesPerSecond * RATE_MARGIN, limits.bytesBurst * RATE_MARGIN);
    this.#datagrams = new TokenBucket(
      now,
      limits.datagramsPerSecond * RATE_MARGIN,
      limits.datagramsPerSecond * RATE_MARGIN,
    );
    this.#opens = new TokenBucket(now, limits.opensPerSecond * RATE_MARGIN, limits.opensBurst * RATE_MARGIN);
  }

  /** The gateway has closed all that the last session had: say so to each socket (resume rule R7). */
  #onLost(welcome: Welcome): void {
    const lost = [...this.#streams.keys()];
    for (const resolve of this.#calls.values()) resolve({ id: 0, at: welcome.now, code: 'ECONNRESET' });
    this.#calls.clear();
    this.#unasked.clear();
    for (const id of lost) {
      this.#finish(id)?.onReset?.({ at: welcome.now, code: 'ECONNRESET', text: 'the session was lost' });
    }
  }

  #finish(id: number): StreamHandler | undefined {
    const entry = this.#streams.get(id);
    if (!entry) return undefined;
    this.#streams.delete(id);
    this.#ready.delete(entry.stream);
    entry.stream.finish();
    this.#ended.set(id, entry.handler);
    for (const oldest of this.#ended.keys()) {
      if (this.#ended.size <= ENDED_KEPT) break;
      this.#ended.delete(oldest);
    }
    return entry.handler;
  }

  #onFrame(frame: Frame): void {
    if (frame.stream === 0) {
      if (frame.type === FrameType.STATS) this.#options.onStats(decodeMessage(Stats, frame.payload));
      else if (frame.type === FrameType.RESULT) this.#onResult(frame.payload);
      return;
    }
    if (frame.type === FrameType.ACCEPTED) {
      this.#onAccepted(frame.stream, decodeMessage(Accepted, frame.payload));
      return;
    }
    if (frame.type === FrameType.RESULT) {
      this.#onResult(frame.payload); // somebody waits for it, though the socket may have ended
      return;
    }
    const entry = this.#streams.get(frame.stream);
    if (entry) this.#onStreamFrame(frame, entry);
    else if (frame.type === FrameType.EVENT) this.#ended.get(frame.stream)?.onEvent?.(decodeEvent(frame.payload));
  }

  #onStreamFrame({ type, stream: id, payload }: Frame, { stream, handler }: Entry): void {
    switch (type) {
      case FrameType.OPENED:
        handler.onOpened?.(decodeMessage(Opened, payload));
        break;
      case FrameType.DATA: {
        const { at, bytes } = decodeReceived(payload);
        stream.receive(bytes.length);
        handler.onData?.(at, bytes);
        break;
      }
      case FrameType.SENT:
        handler.onSent?.(decodeSent(payload));
        break;
      case FrameType.EVENT:
        handler.onEvent?.(decodeEvent(payload));
        break;
      case FrameType.CREDIT:
        stream.grant(decodeU32(payload));
        this.#ready.add(stream);
        this.#pump();
        break;
      case FrameType.FIN:
        handler.onFin?.(decodeTime(payload));
        break;
      case FrameType.CLOSED:
        this.#finish(id)?.onClosed?.(decodeTime(payload));
        break;
      case FrameType.RST:
        this.#finish(id)?.onReset?.(decodeMessage(Reset, payload));
        break;
      case FrameType.DGRAM:
        handler.onDatagram?.(decodeDatagram(payload));
        break;
      case FrameType.PENDING:
        handler.onPending?.(decodeMessage(Pending, payload));
        break;
      default:
        throw new PlaygroundError('FRAME_INVALID', `type ${type} is not for a browser`);
    }
  }

  #onAccepted(id: number, accepted: Accepted): void {
    const listener = this.#streams.get(accepted.listener);
    const stream = this.#add(id, {});
    const entry = this.#streams.get(id) as Entry;
    const handler = listener?.handler.onAccepted?.(stream, accepted);
    if (handler) entry.handler = handler;
    else stream.reset(); // the listener was closed meanwhile: nobody wants this connection
  }

  #onResult(payload: Uint8Array): void {
    const result = decodeMessage(CallResult, payload);
    const resolve = this.#calls.get(result.id);
    this.#calls.delete(result.id);
    resolve?.(result);
  }
}
