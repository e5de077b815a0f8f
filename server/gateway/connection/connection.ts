import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { type ErrorCode, isUnforeseen, PlaygroundError } from '../../../protocol/errors.ts';
import { decodeFrames, encodeFrame, type Frame, FrameType, HEADER_BYTES } from '../../../protocol/frame.ts';
import { decodeMessage, encodeMessage } from '../../../protocol/messages/codec.ts';
import { Goaway, Hello, type Welcome } from '../../../protocol/messages/session.ts';
import type { Transport } from '../../../protocol/reliable/transport.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { timerClock } from '../../shared/timer-clock.ts';
import type { GatewayLimits } from '../limits.ts';
import type { GatewaySession } from '../session/session.ts';
import type { Turns } from '../session/turns.ts';
import { partsOf } from './message-parts.ts';
import { ReadPacer } from './read-pacer.ts';
import type { Traffic } from './traffic.ts';
import { createTransport } from './web-socket-transport.ts';

export type ConnectionPort = {
  readonly limits: GatewayLimits;
  readonly traffic: Traffic;
  readonly turns: Turns;
  /** The browser was told to go, and why. */
  readonly onRefused: (code: ErrorCode) => void;
  /** How long this HELLO waits before it is looked at. */
  readonly helloDelay: (hello: Hello) => Milliseconds;
  /** Who this is: a new session or one to be resumed. @throws {PlaygroundError} TOKEN_INVALID, VERSION_UNSUPPORTED, SESSION_LIMIT */
  readonly onHello: (connection: Connection, hello: Hello) => void;
  /** The WebSocket is gone, the session may be resumed. */
  readonly onLost: (connection: Connection) => void;
  /** An unforeseen error has ended the WebSocket. */
  readonly onFault: (error: PlaygroundError) => void;
  /** The session is over for good. */
  readonly onLeft: (session: GatewaySession) => void;
};

const CONTROLS_BEFORE_HELLO = 64;
/** How long the last message and the close frame have to leave: no answer is waited for, as nothing is read. */
const CLOSE_DEADLINE: Milliseconds = 500;

/** One WebSocket from its first message to its end. */
export class Connection {
  readonly #ws: WebSocket;
  readonly #socket: Duplex;
  readonly #port: ConnectionPort;
  readonly #transport: Transport;
  readonly #openedAt = timerClock.now();
  /** From WELCOME to the fence, or to the WebSocket's end. */
  #session: GatewaySession | undefined;
  #pacer: ReadPacer | undefined;
  #pingedAt = this.#openedAt;
  #controlsBeforeHello = 0;
  #deadline: NodeJS.Timeout | undefined;
  /** Runs while HELLO waits to be looked at. */
  #delayed: NodeJS.Timeout | undefined;
  #isOver = false;

  /** Listeners are attached before this returns: a message that comes at once is not missed. */
  constructor(ws: WebSocket, socket: Duplex, port: ConnectionPort) {
    this.#ws = ws;
    this.#socket = socket;
    this.#port = port;
    this.#transport = createTransport(ws, port.traffic);
    ws.on('message', (data: Buffer, isBinary: boolean) => this.#guard(() => this.#onMessage(data, isBinary)));
    ws.on('pong', () => this.#guard(() => this.#onControl()));
    ws.on('ping', () => this.#guard(() => this.#onControl()));
    ws.on('error', () => undefined); // `close` follows
    ws.on('close', () => this.#onClose());
  }

  get session(): GatewaySession | undefined {
    return this.#session;
  }

  /** Sends WELCOME; the session goes on over this WebSocket. */
  welcome(session: GatewaySession, welcome: Welcome, received: number): void {
    this.#session = session;
    const { turns, limits } = this.#port;
    this.#pacer = new ReadPacer(
      {
        ws: this.#ws,
        turns,
        limits,
        process: (message, now) => this.#process(session, message, now),
        guard: (run) => this.#guard(run),
      },
      session.budget,
    );
    const payload = encodeMessage(welcome);
    this.#ws.send(encodeFrame({ type: FrameType.WELCOME, seq: 0, stream: 0, payload }));
    session.reliable.attach(this.#transport, received);
  }

  /** The fence: nothing more of this WebSocket is processed; its session lives on. */
  fence(): void {
    this.#session?.reliable.detach();
    this.#session = undefined;
    this.#end();
    this.#ws.terminate();
  }

  /** Sends GOAWAY and closes: what still comes is not read, so it costs nothing more. `redialIn`: when to dial again. */
  close(error: PlaygroundError, redialIn?: Milliseconds): void {
    if (this.#isOver) return;
    this.#end();
    this.#port.onRefused(error.code);
    const when = redialIn === undefined ? {} : { in: redialIn };
    const goaway: Goaway = { code: error.code, text: error.message.slice(0, 1_024), ...when };
    if (this.#ws.readyState === this.#ws.OPEN) {
      this.#ws.send(encodeFrame({ type: FrameType.GOAWAY, seq: 0, stream: 0, payload: encodeMessage(goaway) }));
    }
    this.#hangUp(error.closeCode, error.code);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  /** Called each second: ends a WebSocket without HELLO, or without a sign of life. */
  sweep(now: Milliseconds): void {
    const { helloDeadline, pingInterval, deadAfter } = this.#port.limits;
    if (this.#isOver) return; // CLOSE_DEADLINE ends it
    if (this.#delayed) return;
    if (!this.#pacer) {
      if (now - this.#openedAt <= helloDeadline) return;
      this.close(new PlaygroundError('HELLO_TIMEOUT', `no HELLO within ${helloDeadline} ms`));
      return;
    }
    if (this.#pacer.isHolding) return;
    if (now - this.#pacer.readAt > deadAfter) this.#ws.terminate();
    else if (now - this.#pingedAt >= pingInterval) {
      this.#pingedAt = now;
      this.#ws.ping();
    }
  }

  #onMessage(data: Buffer, isBinary: boolean): void {
    if (this.#isOver) return;
    this.#port.traffic.messagesUp += 1;
    this.#port.traffic.bytesUp += data.length;
    if (!isBinary) throw new PlaygroundError('FRAME_INVALID', 'a text message');
    const pacer = this.#pacer;
    if (!pacer) {
      this.#onFirstMessage(data);
      return;
    }
    const parts = partsOf(data);
    if (parts) for (const part of parts) pacer.take(part);
    else pacer.take(data);
  }

  #process(session: GatewaySession, data: Buffer, now: Milliseconds): void {
    if (isGoaway(data)) {
      this.#end();
      this.#hangUp(1_000);
      this.#port.onLeft(session);
      return;
    }
    const { budget } = session;
    this.#pacer?.count(budget.charge(data, now));
    budget.beginWork(now);
    let end = now;
    try {
      session.reliable.receive(this.#transport, data);
    } finally {
      end = budget.endWork();
    }
    this.#pacer?.pace(end);
  }

  /** WebSocket's own pings and pongs cost as much as a frame. */
  #onControl(): void {
    if (this.#isOver) return;
    if (this.#session && this.#pacer) {
      this.#pacer.hear();
      this.#session.budget.chargeControl();
      this.#pacer.pace(timerClock.now());
    } else if (this.#controlsBeforeHello++ > CONTROLS_BEFORE_HELLO) {
      throw new PlaygroundError('FRAME_RATE_EXCEEDED', 'pings instead of HELLO');
    }
  }

  #onFirstMessage(data: Buffer): void {
    if (this.#delayed) throw new PlaygroundError('FRAME_INVALID', 'more than HELLO before WELCOME');
    // Checked before it is parsed: 6,000 frames that are no HELLO cost what one costs.
    const length = HEADER_BYTES + (data.length < HEADER_BYTES ? 0 : data.readUInt16BE(1));
    if (data[0] !== FrameType.HELLO || data.length !== length) throw new PlaygroundError('FRAME_INVALID', 'no HELLO');
    const [first] = decodeFrames(data) as [Frame];
    const hello = decodeMessage(Hello, first.payload);
    const delay = this.#port.helloDelay(hello);
    if (delay === 0) {
      this.#port.onHello(this, hello);
      return;
    }
    this.#ws.pause();
    this.#delayed = setTimeout(() => this.#guard(() => this.#onDelayed(hello)), delay);
  }

  #onDelayed(hello: Hello): void {
    this.#delayed = undefined;
    this.#ws.resume();
    this.#port.onHello(this, hello);
  }

  /** An error of a handler ends this WebSocket and its session, and nothing else (promise P8). */
  #guard(run: () => void): void {
    try {
      run();
    } catch (thrown) {
      const error = PlaygroundError.from(thrown);
      if (isUnforeseen(error)) this.#port.onFault(error);
      const session = this.#session;
      this.close(error);
      if (session) this.#port.onLeft(session);
    }
  }

  /** The close frame and FIN (RFC 6455 §7.1.1); a browser that is still connected after the deadline is reset. */
  #hangUp(code: number, reason = ''): void {
    this.#ws.removeAllListeners('message');
    this.#ws.close(code, reason);
    this.#ws.pause();
    this.#socket.end();
    this.#deadline = setTimeout(() => this.terminate(), CLOSE_DEADLINE);
  }

  #onClose(): void {
    clearTimeout(this.#deadline);
    if (this.#isOver) return;
    const isLeaving = this.#pacer?.held.some((data) => data[0] === FrameType.GOAWAY) ?? false;
    this.#end();
    if (isLeaving && this.#session) this.#port.onLeft(this.#session);
    else this.#port.onLost(this);
  }

  #end(): void {
    this.#isOver = true;
    this.#pacer?.end();
    clearTimeout(this.#delayed);
  }
}

function isGoaway(data: Buffer): boolean {
  return data[0] === FrameType.GOAWAY && decodeFrames(data).every(({ payload }) => decodeMessage(Goaway, payload));
}
