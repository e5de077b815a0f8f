import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { type ErrorCode, isUnforeseen, PlaygroundError } from '../../../protocol/errors.ts';
import { decodeFrames, encodeFrame, type Frame, FrameType, HEADER_BYTES } from '../../../protocol/frame.ts';
import { decodeMessage, encodeMessage } from '../../../protocol/messages/codec.ts';
import { Goaway, Hello, type Welcome } from '../../../protocol/messages/session.ts';
import type { Transport } from '../../../protocol/reliable.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { timerClock } from '../../shared/timer-clock.ts';
import type { GatewayLimits } from '../limits.ts';
import type { GatewaySession } from '../session/session.ts';
import { partsOf } from './message-parts.ts';
import type { Traffic } from './traffic.ts';
import type { Turn, Turns } from './turns.ts';
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
  /** Something was thrown that nobody foresaw. */
  readonly onFault: (error: PlaygroundError) => void;
  /** The session is over for good. */
  readonly onLeft: (session: GatewaySession) => void;
};

const CONTROLS_BEFORE_HELLO = 64;
/** After so many frames of one session the others have their turn, however little time they took. */
const FRAMES_PER_TURN = 1_024;
/** Below this the turn is not even looked at: what few frames come may count for the next one. */
const FRAMES_UNTIMED = 16;
/** Who owes processor time is not read for so long at least and at most: a browser that is not heard for 8 s dials again. */
const WORK_PAUSE = { shortest: 10, longest: 1_000 };
/** How long what was said last, and the close frame, have to get away: no answer is waited for, as nothing is read. */
const CLOSE_DEADLINE: Milliseconds = 500;

/** One WebSocket from its first message to its end. */
export class Connection {
  readonly #ws: WebSocket;
  readonly #socket: Duplex;
  readonly #port: ConnectionPort;
  readonly #transport: Transport;
  readonly #openedAt = timerClock.now();
  #session: GatewaySession | undefined;
  #heardAt = this.#openedAt;
  #pingedAt = this.#openedAt;
  /** While it runs the WebSocket is not read; what had been read already is held, unparsed. */
  #penalty: NodeJS.Timeout | undefined;
  /** Its turn in a later round of the event loop. */
  #turn: Turn | undefined;
  #framesThisTurn = 0;
  #held: Buffer[] = [];
  #penaltyEndedAt: Milliseconds = Number.NEGATIVE_INFINITY;
  #tooFastSince: Milliseconds = 0;
  /** The penalty that runs is for frames or bytes, not for processor time. */
  #isTooFast = false;
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

  /** Says WELCOME and lets the session go on over this WebSocket. */
  welcome(session: GatewaySession, welcome: Welcome, received: number): void {
    this.#session = session;
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

  /** Says why, and closes: what still comes is not read, so it costs nothing more. */
  close(error: PlaygroundError): void {
    if (this.#isOver) return;
    this.#end();
    this.#port.onRefused(error.code);
    const payload = encodeMessage({ code: error.code, text: error.message.slice(0, 1_024) });
    if (this.#ws.readyState === this.#ws.OPEN) {
      this.#ws.send(encodeFrame({ type: FrameType.GOAWAY, seq: 0, stream: 0, payload }));
    }
    this.#hangUp(error.closeCode, error.code);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  /** Looked at each second: says no HELLO, does not answer, is too long silent? */
  sweep(now: Milliseconds): void {
    const { helloDeadline, pingInterval, deadAfter } = this.#port.limits;
    if (this.#isOver) return; // CLOSE_DEADLINE sees to it
    if (this.#delayed) return;
    if (!this.#session && now - this.#openedAt > helloDeadline) {
      this.close(new PlaygroundError('HELLO_TIMEOUT', `no HELLO within ${helloDeadline} ms`));
      return;
    }
    if (this.#penalty || this.#held.length > 0) return; // not read, so not heard: no fault of its own
    if (now - this.#heardAt > deadAfter) this.#ws.terminate();
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
    if (!this.#session) {
      this.#hear();
      this.#onFirstMessage(data);
      return;
    }
    const parts = partsOf(data);
    if (parts) for (const part of parts) this.#take(this.#session, part);
    else this.#take(this.#session, data);
  }

  /** Now, or when its turn has come. */
  #take(session: GatewaySession, data: Buffer): void {
    if (this.#isOver) return;
    const now = timerClock.now();
    this.#heardAt = now;
    const mustWait = this.#penalty || this.#held.length > 0 || this.#framesThisTurn >= FRAMES_PER_TURN;
    if (mustWait || !this.#port.turns.hasTime) this.#hold(session, data);
    else this.#process(session, data, now);
  }

  /** What had been read when it was time to stop. */
  #hold(session: GatewaySession, data: Buffer): void {
    this.#held.push(data);
    this.#ws.pause();
    this.#awaitTurn(session);
  }
  #awaitTurn({ budget }: GatewaySession): void {
    if (this.#turn) return;
    this.#turn = { budget, run: () => this.#guard(() => this.#onTurn()) };
    this.#port.turns.wait(this.#turn);
  }

  #process(session: GatewaySession, data: Buffer, now: Milliseconds): void {
    if (isGoaway(data)) {
      this.#end();
      this.#hangUp(1_000);
      this.#port.onLeft(session);
      return;
    }
    const { budget } = session;
    this.#framesThisTurn += budget.charge(data, now);
    if (this.#framesThisTurn >= FRAMES_UNTIMED) this.#awaitTurn(session);
    budget.beginWork(now);
    let end = now;
    try {
      session.reliable.receive(this.#transport, data);
    } finally {
      end = budget.endWork();
    }
    this.#mindPace(end);
  }

  /** WebSocket's own pings and pongs cost as much as a frame. */
  #onControl(): void {
    if (this.#isOver) return;
    this.#hear();
    if (this.#session) this.#session.budget.chargeControl();
    else if (this.#controlsBeforeHello++ > CONTROLS_BEFORE_HELLO) {
      throw new PlaygroundError('FRAME_RATE_EXCEEDED', 'pings instead of HELLO');
    }
    this.#mindPace(timerClock.now());
  }

  #onFirstMessage(data: Buffer): void {
    if (this.#delayed) throw new PlaygroundError('FRAME_INVALID', 'more than HELLO before WELCOME');
    // Looked at before it is taken apart: 6,000 frames that are no HELLO cost what one costs.
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

  /** Too fast: not read for a while; too fast for long: closed. */
  #mindPace(now: Milliseconds): void {
    const budget = this.#session?.budget;
    if (!budget || this.#penalty || this.#isOver) return;
    const wait = budget.wait(now);
    if (wait === 0) {
      const owed = budget.workWait(now);
      // What its frames cost no browser can know: for that it waits, and is never closed.
      if (owed > 0) this.#pauseFor(Math.min(Math.max(owed, WORK_PAUSE.shortest), WORK_PAUSE.longest), now);
      return;
    }
    const { penalty, penaltyLimit } = this.#port.limits;
    // One that is too fast again as soon as it may speak has been too fast all the time.
    if (now - this.#penaltyEndedAt > penalty) this.#tooFastSince = now;
    if (now - this.#tooFastSince > penaltyLimit) {
      throw new PlaygroundError('FRAME_RATE_EXCEEDED', `too fast for ${penaltyLimit} ms`);
    }
    this.#isTooFast = true;
    this.#pauseFor(Math.max(penalty, Math.min(wait, penaltyLimit)), now);
  }
  #pauseFor(duration: Milliseconds, now: Milliseconds): void {
    this.#heardAt = now;
    this.#ws.pause();
    this.#penalty = setTimeout(() => this.#guard(() => this.#readAgain(now)), duration);
  }
  #readAgain(pausedAt: Milliseconds): void {
    this.#penalty = undefined;
    const now = timerClock.now();
    // While it was not read for what it owes it has not kept to its pace either.
    this.#penaltyEndedAt = this.#isTooFast ? now : this.#penaltyEndedAt + (now - pausedAt);
    this.#isTooFast = false;
    this.#hear();
    this.#processHeld();
  }
  #onTurn(): void {
    this.#turn = undefined;
    this.#framesThisTurn = 0;
    if (this.#held.length > 0 && !this.#penalty) this.#processHeld();
  }
  #processHeld(): void {
    const held = this.#held;
    this.#held = [];
    const session = this.#session;
    if (session) for (const data of held) this.#take(session, data);
    if (this.#held.length === 0 && !this.#penalty && !this.#isOver) this.#ws.resume();
  }

  #hear(): void {
    this.#heardAt = timerClock.now();
  }

  /** Whatever a handler throws ends this WebSocket and its session, and nothing else (promise P8). */
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

  /** The close frame and FIN (RFC 6455 §7.1.1); who is still there after the deadline is reset. */
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
    const isLeaving = this.#held.some((data) => data[0] === FrameType.GOAWAY);
    this.#end();
    if (isLeaving && this.#session) this.#port.onLeft(this.#session);
    else this.#port.onLost(this);
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#penalty);
    clearTimeout(this.#delayed);
    if (this.#turn) this.#port.turns.forget(this.#turn);
    this.#penalty = undefined;
    this.#turn = undefined;
    this.#held = [];
  }
}

function isGoaway(data: Buffer): boolean {
  return data[0] === FrameType.GOAWAY && decodeFrames(data).every(({ payload }) => decodeMessage(Goaway, payload));
}
