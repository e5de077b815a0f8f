import type { Cancel, Clock } from '../protocol/clock.ts';
import { type ErrorCode, PlaygroundError } from '../protocol/errors.ts';
import { type Frame, FrameType } from '../protocol/frame.ts';
import { decodeMessage } from '../protocol/messages/codec.ts';
import { Goaway, type Welcome } from '../protocol/messages/session.ts';
import { decodeU32, encodeU32 } from '../protocol/payloads.ts';
import { Reliable } from '../protocol/reliable/reliable.ts';
import type { Transport } from '../protocol/reliable/transport.ts';
import type { Milliseconds } from '../protocol/units.ts';
import { Backoff } from './backoff.ts';
import { Heartbeat } from './heartbeat.ts';
import { Identity, type Ticket } from './identity.ts';
import { parseFirstMessage, refusalCode, sendGoaway, sendHello } from './session-frames.ts';
import type { DialGateway, WebSocketPort } from './web-socket-port.ts';

/** `refused`: the gateway refuses this browser, and another dial would not help. `left`: ended from here, for good. */
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
  /** A program's session has no token: leave to come in, good once, each time. `isNewSession`: not to go on with the session that was. */
  readonly ticket?: (isNewSession: boolean) => Promise<Ticket>;
  readonly onFrame: (frame: Frame) => void;
  readonly onDrain: () => void;
  readonly onWelcome: (welcome: Welcome, arrival: Arrival) => void;
  readonly onPhase: (phase: Phase, error: PlaygroundError | undefined) => void;
  readonly onLatency: (latency: Milliseconds) => void;
};

const DIAL_TIMEOUT: Milliseconds = 8_000;
/** Refusals that a retry cannot change; after all others the gateway is dialled again. */
const FINAL_REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'TOKEN_INVALID',
  'VERSION_UNSUPPORTED',
  'ORIGIN_FORBIDDEN',
  'HOST_FORBIDDEN',
]);

/**
 * One gateway session: it outlives its WebSockets. Dials, sends HELLO, resumes, and dials again after a cut or silence.
 */
export class Session {
  readonly #options: SessionOptions;
  #reliable: Reliable;
  /** No WELCOME yet for this reliable layer: what it has queued is still to be said for the first time. */
  #isFresh = true;
  readonly #identity: Identity;
  /** Where the session is. */
  #node: string | undefined;
  /** How long the gateway keeps a session whose browser is away. */
  #grace: Milliseconds = Number.POSITIVE_INFINITY;
  #socket: WebSocketPort | undefined;
  #transport: Transport | undefined;
  #phase: Phase = 'connecting';
  #lostAt: Milliseconds | undefined;
  readonly #backoff: Backoff;
  readonly #heartbeat: Heartbeat;
  /** Until WELCOME, or until the next dial. */
  #timer: Cancel | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#identity = new Identity(options.token);
    this.#reliable = this.#createReliable();
    const { clock, random, onLatency } = options;
    this.#backoff = new Backoff(random);
    this.#heartbeat = new Heartbeat({
      clock,
      sendPing: (id) => void this.#reliable.sendUnnumbered(FrameType.PING, 0, encodeU32(id)),
      onLatency,
      onUnstable: () => this.#setPhase('unstable', undefined),
      onSilent: (silence) => {
        this.#lostAt ??= clock.now() - silence;
        this.#onLost();
      },
    });
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
    this.#identity.token = token;
    this.#backoff.reset();
    this.#setPhase('connecting', undefined);
    this.#dial();
  }

  /** The network may be back, or the page is seen again: find out now. */
  poke(): void {
    if (this.#phase === 'refused' || this.#phase === 'left') return;
    if (this.#transport) this.#heartbeat.ping();
    else if (this.#backoff.isFailing || !this.#socket) this.#dial();
  }

  /** A hidden page does not ping; the gateway's own pings keep its WebSocket alive. */
  setPinging(isPinging: boolean): void {
    this.#heartbeat.setPinging(isPinging);
    if (isPinging) this.poke();
  }

  /** Ends the session for good: the gateway closes all of its sockets. */
  leave(): void {
    if (this.#phase === 'left') return;
    if (this.#transport) sendGoaway(this.#transport);
    this.#hangUp();
    this.#setPhase('left', undefined);
  }

  /** A reliable frame. Where the gateway acknowledges nothing any more, the session is given up and a new one begun. */
  send(type: FrameType, stream: number, payload: Uint8Array): void {
    try {
      this.#reliable.send(type, stream, payload);
    } catch (error) {
      this.#identity.forget();
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
    if (this.#options.ticket) void this.#introduceProgram(socket, this.#options.ticket);
    else sendHello(socket, this.#identity.hello(this.#reliable.received));
  }
  async #introduceProgram(socket: WebSocketPort, ask: (isNewSession: boolean) => Promise<Ticket>): Promise<void> {
    const isNewSession = this.#identity.isNew;
    const received = isNewSession ? 0 : this.#reliable.received;
    let given: Ticket;
    try {
      given = await ask(isNewSession);
    } catch (error) {
      if (socket === this.#socket) this.#onLost(PlaygroundError.from(error));
      return;
    }
    if (socket !== this.#socket) return;
    const { ticket, node } = given;
    if (node === undefined || node === this.#node) {
      sendHello(socket, { ticket: { ticket, received } });
      return;
    }
    this.#node = node; // the page is elsewhere than we are: there another ticket is asked for
    this.#dialNode(); // not forgotten, however long the old session has been lost
  }

  #onMessage(socket: WebSocketPort, message: Uint8Array): void {
    this.#heartbeat.hear();
    try {
      if (this.#transport) this.#reliable.receive(this.#transport, message);
      else this.#onFirstMessage(socket, message);
    } catch (error) {
      if (socket !== this.#socket) return;
      this.#identity.forget(); // what it could not read is lost: a new session, and every socket of the old one is over
      this.#onLost(PlaygroundError.from(error));
      return;
    }
    if (this.#phase === 'unstable' && this.#transport) this.#setPhase('online', undefined);
  }

  #onFirstMessage(socket: WebSocketPort, message: Uint8Array): void {
    const first = parseFirstMessage(message);
    if ('goaway' in first) {
      const { code, text, in: wait } = first.goaway;
      this.#backoff.onGoaway(wait);
      this.#onTurnedAway(new PlaygroundError(refusalCode(code), text));
      return;
    }
    const { welcome } = first;
    const isLost = welcome.status !== 'resumed' && !this.#isFresh;
    if (isLost) this.#reliable = this.#createReliable();
    this.#isFresh = false;
    this.#identity.remember(welcome);
    this.#node = welcome.node;
    this.#grace = welcome.limits.grace;
    const away = this.#lostAt === undefined ? 0 : this.#options.clock.now() - this.#lostAt;
    this.#lostAt = undefined;
    this.#backoff.reset();
    this.#timer?.();
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
    if (transport === this.#transport) this.#heartbeat.ping();
  }

  #onFrame(frame: Frame): void {
    if (frame.type === FrameType.PONG) this.#heartbeat.onPong(decodeU32(frame.payload));
    else if (frame.type === FrameType.PING) this.#reliable.sendUnnumbered(FrameType.PONG, 0, frame.payload);
    else if (frame.type === FrameType.GOAWAY) this.#backoff.onGoaway(decodeMessage(Goaway, frame.payload).in);
    else this.#options.onFrame(frame);
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
    if (error.closeCode === 1_002) this.#identity.forget(); // what it could not read would be replayed: begin anew
    this.#onLost(error);
  }

  #onLost(error?: PlaygroundError): void {
    this.#hangUp();
    const { clock } = this.#options;
    this.#lostAt ??= clock.now();
    this.#timer = clock.after(this.#backoff.next(), () => this.#dial());
    this.#setPhase('offline', error);
  }

  #hangUp(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#heartbeat.stop();
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
