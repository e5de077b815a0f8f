import type { Cancel, Clock } from '../protocol/clock.ts';
import { type ErrorCode, isErrorCode, PlaygroundError } from '../protocol/errors.ts';
import { decodeFrames, encodeFrame, type Frame, FrameType } from '../protocol/frame.ts';
import { decodeMessage, encodeMessage } from '../protocol/messages/codec.ts';
import { Goaway, type Hello, PROTOCOL_VERSION, Welcome } from '../protocol/messages/session.ts';
import { decodeU32, encodeU32 } from '../protocol/payloads.ts';
import { Reliable, type Transport } from '../protocol/reliable.ts';
import type { Milliseconds } from '../protocol/units.ts';

/** One WebSocket that is open or about to be. */
export type WebSocketPort = {
  /** Has read the message when it returns, as WebSocket's own send() has: its buffer is used again. */
  readonly send: (message: Uint8Array<ArrayBuffer>) => void;
  readonly bufferedAmount: () => number;
  /** Gives it up: no event of it is wanted any more. */
  readonly close: () => void;
};
export type WebSocketEvents = {
  readonly onOpen: () => void;
  readonly onMessage: (message: Uint8Array) => void;
  readonly onClose: (close: { readonly code: number; readonly reason: string }) => void;
};
/** `node`: the only one that has the session; undefined: whichever. */
export type DialGateway = (events: WebSocketEvents, node: string | undefined) => WebSocketPort;

/** Leave to come in, good once, and the node where it is. */
export type Ticket = { readonly ticket: string; readonly node?: string | undefined };

/** `refused`: the gateway does not want us; dialling again would not help. `left`: ended from here, for good. */
export type Phase = 'connecting' | 'online' | 'unstable' | 'offline' | 'refused' | 'left';

/** How a WELCOME was reached. `isLost`: what the previous session had open is gone. */
export type Arrival = { readonly away: Milliseconds; readonly isLost: boolean };

export type SessionOptions = {
  readonly dial: DialGateway;
  readonly clock: Clock;
  /** 0 ≤ r < 1, spreads the redials of a class that lost its network together. */
  readonly random: () => number;
  readonly schedule: (flush: () => void) => void;
  readonly token?: string;
  /** A program's session has no token: leave to come in, good once, each time. `isAnew`: not to go on with the session that was. */
  readonly ticket?: (isAnew: boolean) => Promise<Ticket>;
  readonly onFrame: (frame: Frame) => void;
  readonly onDrain: () => void;
  readonly onWelcome: (welcome: Welcome, arrival: Arrival) => void;
  readonly onPhase: (phase: Phase, error: PlaygroundError | undefined) => void;
  readonly onLatency: (latency: Milliseconds) => void;
};

const BACKOFF: readonly Milliseconds[] = [200, 500, 1_000, 2_000, 5_000];
const PING_INTERVAL: Milliseconds = 5_000;
const UNSTABLE_AFTER: Milliseconds = 3_000;
const REDIAL_AFTER: Milliseconds = 8_000;
const DIAL_TIMEOUT: Milliseconds = 8_000;
/** Who comes again with the same HELLO hears the same. Everything else passes: a full house, a session that is gone. */
const FINAL_REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'TOKEN_INVALID',
  'VERSION_UNSUPPORTED',
  'ORIGIN_FORBIDDEN',
  'HOST_FORBIDDEN',
]);

/**
 * One gateway session: it outlives its WebSockets. Dials, says HELLO, resumes, notices silence, dials again.
 */
export class Session {
  readonly #options: SessionOptions;
  #reliable: Reliable;
  /** No WELCOME yet for this reliable layer: what it has queued is still to be said for the first time. */
  #isFresh = true;
  #resume: { readonly session: string; readonly secret: string | undefined } | undefined;
  /** Where the session is. */
  #node: string | undefined;
  /** How long the gateway keeps a session whose browser is away. */
  #grace: Milliseconds = Number.POSITIVE_INFINITY;
  /** When to dial again, where GOAWAY has said so. */
  #redialIn: Milliseconds | undefined;
  #socket: WebSocketPort | undefined;
  #transport: Transport | undefined;
  #phase: Phase = 'connecting';
  #failures = 0;
  #lostAt: Milliseconds | undefined;
  #heardAt: Milliseconds = 0;
  #pingId = 0;
  #pingedAt: Milliseconds | undefined;
  #timer: Cancel | undefined;
  #isPinging = true;
  #token: string | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#token = options.token;
    this.#reliable = this.#createReliable();
  }

  get phase(): Phase {
    return this.#phase;
  }
  get reliable(): Reliable {
    return this.#reliable;
  }

  get node(): string | undefined {
    return this.#node;
  }

  /** `node`: where the session of the tab is that a ticket is from. */
  start(node?: string): void {
    this.#node ??= node;
    if (this.#phase !== 'left') this.#dial();
  }

  /** Comes in with another token; what was asked for meanwhile, and what the session had, goes on. */
  enter(token: string): void {
    this.#token = token;
    this.#failures = 0;
    this.#setPhase('connecting', undefined);
    this.#dial();
  }

  /** The network may be back, or the page is seen again: find out now. */
  poke(): void {
    if (this.#phase === 'refused' || this.#phase === 'left') return;
    if (this.#transport) this.#ping();
    else if (this.#failures > 0 || !this.#socket) this.#dial();
  }

  /** A hidden page does not ping; the gateway's own pings keep its WebSocket alive. */
  setPinging(isPinging: boolean): void {
    this.#isPinging = isPinging;
    if (isPinging) this.poke();
  }

  /** Ends the session for good: the gateway closes all of its sockets. */
  leave(): void {
    if (this.#phase === 'left') return;
    this.#sayGoodbye();
    this.#hangUp();
    this.#setPhase('left', undefined);
  }

  /** Whatever waits in the transport, and before the reliable layer has it too: else the gateway would keep every socket for the grace period. */
  #sayGoodbye(): void {
    const payload = encodeMessage({ code: 'SESSION_GONE', text: 'the page was left' });
    try {
      this.#transport?.send(encodeFrame({ type: FrameType.GOAWAY, seq: 0, stream: 0, payload }), () => undefined);
    } catch {} // it is cut: there is nobody to be told
  }

  /** A reliable frame. Where the gateway acknowledges nothing any more, the session is given up and a new one begun. */
  send(type: FrameType, stream: number, payload: Uint8Array): void {
    try {
      this.#reliable.send(type, stream, payload);
    } catch (error) {
      this.#resume = undefined;
      this.#isFresh = false;
      if (this.#socket) this.#onLost(PlaygroundError.from(error)); // else it is dialled anyway
    }
  }

  #createReliable(): Reliable {
    const { clock, schedule, onDrain } = this.#options;
    return new Reliable({ clock, schedule, onDrain, onFrame: (frame) => this.#onFrame(frame) });
  }

  #dial(): void {
    const { clock } = this.#options;
    // Its session is past the grace period there, if there still is such a node: another one may begin a new one.
    if (this.#lostAt !== undefined && clock.now() - this.#lostAt > this.#grace) this.#node = undefined;
    this.#dialNode();
  }

  #dialNode(): void {
    this.#hangUp();
    const { clock, dial } = this.#options;
    this.#timer = clock.after(DIAL_TIMEOUT, () => this.#onLost());
    const socket: WebSocketPort = dial(
      {
        onOpen: () => {
          if (socket === this.#socket) this.#introduce(socket);
        },
        onMessage: (message) => {
          if (socket === this.#socket) this.#onMessage(socket, message);
        },
        onClose: ({ code, reason }) => {
          if (socket === this.#socket) this.#onClose(code, reason);
        },
      },
      this.#node,
    );
    this.#socket = socket;
  }

  #introduce(socket: WebSocketPort): void {
    const { ticket } = this.#options;
    const token = this.#token;
    const { received } = this.#reliable;
    if (ticket) {
      const isAnew = this.#resume === undefined;
      const come = ({ ticket: given, node }: Ticket): void => {
        if (socket !== this.#socket) return;
        if (node === undefined || node === this.#node) {
          sendHello(socket, { ticket: { ticket: given, received: isAnew ? 0 : received } });
          return;
        }
        this.#node = node; // the page is elsewhere than we are: there another ticket is asked for
        this.#dialNode(); // not forgotten, however long the old session has been lost
      };
      Promise.resolve(isAnew)
        .then(ticket)
        .then(come, (error) => {
          if (socket === this.#socket) this.#onLost(PlaygroundError.from(error));
        });
      return;
    }
    const { session, secret } = this.#resume ?? {};
    const isResuming = session !== undefined && secret !== undefined;
    sendHello(socket, {
      ...(token === undefined ? {} : { token }),
      ...(isResuming ? { resume: { session, secret, received } } : {}),
    });
  }

  #onMessage(socket: WebSocketPort, message: Uint8Array): void {
    this.#heardAt = this.#options.clock.now();
    try {
      if (this.#transport) this.#reliable.receive(this.#transport, message);
      else this.#onFirstMessage(socket, message);
    } catch (error) {
      if (socket === this.#socket) this.#onBroken(PlaygroundError.from(error));
      return;
    }
    if (this.#phase === 'unstable' && this.#transport) this.#setPhase('online', undefined);
  }

  #onFirstMessage(socket: WebSocketPort, message: Uint8Array): void {
    const [first] = decodeFrames(message);
    if (first?.type === FrameType.GOAWAY) {
      const { code, text, in: wait } = decodeMessage(Goaway, first.payload);
      this.#redialIn = wait;
      this.#onTurnedAway(new PlaygroundError(refusalCode(code), text));
      return;
    }
    if (first?.type !== FrameType.WELCOME) throw new PlaygroundError('MESSAGE_INVALID', 'no WELCOME');
    const welcome = decodeMessage(Welcome, first.payload);
    const isLost = welcome.status !== 'resumed' && !this.#isFresh;
    if (isLost) this.#reliable = this.#createReliable();
    this.#isFresh = false;
    this.#resume = { session: welcome.session, secret: welcome.secret };
    this.#node = welcome.node;
    this.#grace = welcome.limits.grace;
    const away = this.#lostAt === undefined ? 0 : this.#options.clock.now() - this.#lostAt;
    this.#lostAt = undefined;
    this.#failures = 0;
    const transport: Transport = {
      send: (bytes) => socket.send(bytes),
      bufferedAmount: () => socket.bufferedAmount(),
      isCopying: true,
    };
    this.#transport = transport;
    // Each of these may call the application; it may leave, or the WebSocket is cut meanwhile. What was lost is told in any case.
    this.#setPhase('online', undefined);
    if (this.#phase !== 'left') this.#options.onWelcome(welcome, { away, isLost });
    if (transport === this.#transport) this.#reliable.attach(transport, welcome.received);
    if (transport === this.#transport) this.#ping();
  }

  #onFrame(frame: Frame): void {
    if (frame.type === FrameType.PONG) this.#onPong(decodeU32(frame.payload));
    else if (frame.type === FrameType.PING) this.#reliable.sendUnnumbered(FrameType.PONG, 0, frame.payload);
    else if (frame.type === FrameType.GOAWAY) this.#redialIn = decodeMessage(Goaway, frame.payload).in;
    else this.#options.onFrame(frame);
  }

  #ping(): void {
    this.#timer?.();
    const { clock } = this.#options;
    this.#pingId = (this.#pingId + 1) >>> 0;
    this.#pingedAt = clock.now();
    this.#reliable.sendUnnumbered(FrameType.PING, 0, encodeU32(this.#pingId));
    this.#timer = clock.after(UNSTABLE_AFTER, () => this.#onSilence());
  }

  #onPong(id: number): void {
    if (id !== this.#pingId || this.#pingedAt === undefined) return;
    const latency = this.#options.clock.now() - this.#pingedAt;
    this.#pingedAt = undefined;
    this.#timer?.();
    this.#timer = this.#options.clock.after(PING_INTERVAL, () => {
      if (this.#isPinging) this.#ping();
    });
    this.#options.onLatency(latency);
  }

  /** No PONG for a while; other frames are signs of life too. */
  #onSilence(): void {
    const silence = this.#options.clock.now() - Math.max(this.#heardAt, this.#pingedAt ?? 0);
    if (silence >= REDIAL_AFTER) {
      this.#lostAt ??= this.#options.clock.now() - silence;
      this.#onLost();
      return;
    }
    const next = silence >= UNSTABLE_AFTER ? REDIAL_AFTER - silence : UNSTABLE_AFTER - silence;
    this.#timer = this.#options.clock.after(Math.max(1, next), () => this.#onSilence());
    if (silence >= UNSTABLE_AFTER) this.#setPhase('unstable', undefined);
  }

  #onClose(code: number, reason: string): void {
    // 1008: the gateway's policy, 1002: it could not read us, 1013: it is full; the reason is one of our codes.
    if (code === 1_008 || code === 1_002 || code === 1_013) {
      this.#onTurnedAway(new PlaygroundError(refusalCode(reason), reason));
    } else this.#onLost();
  }

  #onTurnedAway(error: PlaygroundError): void {
    if (FINAL_REFUSALS.has(error.code)) {
      this.#hangUp();
      this.#setPhase('refused', error);
      return;
    }
    if (error.closeCode === 1_002) this.#resume = undefined; // what it could not read would be replayed: begin anew
    this.#onLost(error);
  }

  /** The stream of frames cannot be trusted any more: a new session, and every socket of the old one is lost. */
  #onBroken(error: PlaygroundError): void {
    this.#resume = undefined;
    this.#onLost(error);
  }

  #onLost(error?: PlaygroundError): void {
    this.#hangUp();
    const { clock, random } = this.#options;
    this.#lostAt ??= clock.now();
    const step = BACKOFF[Math.min(this.#failures, BACKOFF.length - 1)] as Milliseconds;
    const wait = this.#redialIn ?? step * (0.5 + random());
    this.#redialIn = undefined;
    this.#failures += 1;
    this.#timer = clock.after(wait, () => this.#dial());
    this.#setPhase('offline', error);
  }

  #hangUp(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#reliable.detach();
    this.#transport = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /** Comes last wherever it is called: the application may go on from there, or leave. */
  #setPhase(phase: Phase, error: PlaygroundError | undefined): void {
    if (phase === this.#phase && error === undefined) return;
    this.#phase = phase;
    this.#options.onPhase(phase, error);
  }
}

function sendHello(socket: WebSocketPort, who: Omit<Hello, 'version'>): void {
  const payload = encodeMessage({ version: PROTOCOL_VERSION, ...who });
  socket.send(encodeFrame({ type: FrameType.HELLO, seq: 0, stream: 0, payload }));
}
function refusalCode(code: string): ErrorCode {
  return isErrorCode(code) ? code : 'INTERNAL';
}
