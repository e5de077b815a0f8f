import { isIP } from 'node:net';
import { type ErrorCode, isErrorCode, PlaygroundError, toSocketErrorCode } from '../../../protocol/errors.ts';
import { type Frame, FrameType } from '../../../protocol/frame.ts';
import {
  decodeMessage,
  encodeMessage,
  type KernelState,
  Open,
  Reset,
  SocketCall,
  Watch,
} from '../../../protocol/messages.ts';
import { Reliable, UNACKNOWLEDGED_BYTES } from '../../../protocol/reliable.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import { timerClock } from '../../shared/timer-clock.ts';
import { connectBound, listenBound, resolveName } from '../streams/bound-calls.ts';
import { BoundStream } from '../streams/bound-stream.ts';
import { assertFromBrowser } from '../streams/from-browser.ts';
import { ListenerStream } from '../streams/listener-stream.ts';
import { connectTcp, connectUnix } from '../streams/open-tcp.ts';
import { answer, type CallOutcome, callWithoutSocket } from '../streams/socket-calls.ts';
import type { GatewayDeps, GatewayStream, SocketAccount, StreamPort } from '../streams/stream-port.ts';
import { TcpStream } from '../streams/tcp-stream.ts';
import { UdpStream } from '../streams/udp-stream.ts';
import { EndedStreams } from './ended-streams.ts';
import type { Learner, OpenCounts } from './learner.ts';
import { type OpenOutcome, OpenOutcomes } from './open-outcomes.ts';
import { Pump } from './pump.ts';
import type { SessionBudget } from './session-budget.ts';

export type SessionOptions = GatewayDeps & {
  /** Sockets of all sessions together, ours included. */
  readonly sockets: SocketAccount;
  /** Once for each OPEN, when it is known what came of it. */
  readonly onOpen: (open: Open, outcome: OpenOutcome) => void;
  /** A socket was refused, or ended by a rule of the gateway's. */
  readonly onRefused: (code: ErrorCode) => void;
  /** Something was thrown that nobody foresaw, and became the answer to a call. */
  readonly onFault: (error: unknown) => void;
  /** CALLs about the sessions of programs; undefined where it is another call. */
  readonly programCall: (call: SocketCall) => CallOutcome | undefined;
  /** The session cannot go on: its frames make no sense, or its ring is full. */
  readonly onBroken: (error: PlaygroundError) => void;
};

/** What need not be told at once waits this long for something to travel with. */
const PUT_OFF: Milliseconds = 8;
const NOTHING = new Uint8Array();

/** A page's sockets or a program's, and the channel that survives the WebSockets. */
export class GatewaySession {
  readonly id: string;
  readonly secret: string;
  readonly reliable: Reliable;
  readonly learner: Learner;
  readonly #options: SessionOptions;
  readonly #streams = new Map<number, GatewayStream>();
  readonly #ended: EndedStreams;
  /** Accepted connection → the listener that accepted it. */
  readonly #acceptedBy = new Map<number, number>();
  readonly #pump: Pump;
  readonly #port: StreamPort;
  readonly #opens: OpenOutcomes;
  #watched: readonly number[] = [];
  #nextEven = 2;
  #lastOdd = -1;
  #retry: NodeJS.Timeout | undefined;
  #putOffTimer: NodeJS.Timeout | undefined;
  readonly #putOff: (() => void)[] = [];
  #isOver = false;

  constructor(id: string, secret: string, learner: Learner, options: SessionOptions) {
    this.id = id;
    this.secret = secret;
    this.learner = learner;
    learner.join(this);
    this.#options = options;
    this.#opens = new OpenOutcomes(options.onOpen);
    this.#ended = new EndedStreams(options.kernel, learner.lingering);
    this.reliable = new Reliable({
      clock: timerClock,
      schedule: (flush) => void setImmediate(() => this.guard(flush)),
      onFrame: (frame) => this.#onFrame(frame),
      onDrain: () => this.guard(() => this.#onDrain()),
      waitToReplay: (bytes) => this.#waitDown(bytes),
      pool: learner.pool,
    });
    this.#pump = new Pump({
      hasRoom: () => this.reliable.askRoom(),
      wait: (bytes) => this.#waitDown(bytes),
      send: (type, stream, payload) => this.#send(type, stream, payload),
      later: (wait) => this.#runLater(wait),
      onEnded: (stream) => this.#onEnded(stream),
    });
    this.#port = {
      ...options,
      send: (type, stream, payload) => this.#send(type, stream, payload),
      wake: (stream) => this.guard(() => this.#pump.wake(stream)),
      soon: (run) => this.#soon(run),
      hasEventRoom: () => this.reliable.unacknowledged < UNACKNOWLEDGED_BYTES,
      takeEvent: () => {
        learner.events.take(1);
        return learner.events.wait(1);
      },
      onLingered: (stream) => this.#ended.onLingered(stream),
      ports: learner.ports,
      destinations: learner.destinations,
      pool: learner.pool,
      guard: (run) => this.guard(run),
      adopt: (listener, create) => this.#adopt(listener, create),
      mayAdopt: (listener) => this.#mayAdopt(listener),
    };
  }

  get budget(): SessionBudget {
    return this.learner.budget;
  }
  get streamCount(): number {
    return this.#streams.size;
  }
  /** Has it ever opened a socket? */
  get hasOpened(): boolean {
    return this.#lastOdd > 0;
  }
  get watchesKernel(): boolean {
    return this.#watched.length > 0;
  }

  /** Kernel state of the watched sockets, for STATS. */
  kernelStates(): KernelState[] {
    return this.#watched.flatMap((stream) => {
      const state = this.#streams.get(stream)?.kernelState() ?? this.#ended.kernelState(stream);
      return state ? [{ stream, ...state }] : [];
    });
  }
  sweep(nowMicros: number): void {
    this.learner.pool.look();
    this.guard(() => {
      for (const stream of this.#streams.values()) stream.sweep(nowMicros);
    });
  }

  openCounts(): OpenCounts {
    const listeners = this.#count('listen');
    return { listeners, connections: this.#streams.size - listeners - this.#acceptedBy.size };
  }

  /** The program has ended: its sockets are closed as a kernel closes them, and what it had not read makes that a reset. */
  retire(): void {
    this.guard(() => {
      for (const stream of this.#streams.values()) {
        const type = stream.outbound.bytes > 0 ? FrameType.RST : FrameType.CLOSE;
        stream.receive({ type, seq: 0, stream: stream.id, payload: NOTHING });
      }
    });
  }

  /** Closes every socket; peers see a reset. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.learner.leave(this);
    this.#opens.settleAll('SESSION_GONE');
    clearTimeout(this.#retry);
    clearTimeout(this.#putOffTimer);
    this.reliable.detach();
    this.#options.sockets.add(-this.#streams.size);
    for (const stream of this.#streams.values()) stream.destroy();
    this.#ended.clear();
    this.#streams.clear();
    this.#acceptedBy.clear();
  }

  /** Nothing thrown in a callback may leave this session (promise P8); its time is the tab's. */
  guard(run: () => void): void {
    if (this.#isOver) return;
    this.budget.beginWork();
    try {
      run();
    } catch (error) {
      this.#options.onBroken(PlaygroundError.from(error));
    } finally {
      this.budget.endWork();
    }
  }

  #send(type: FrameType, stream: number, payload: Uint8Array): void {
    if (this.#isOver) return;
    if (type !== FrameType.DATA) this.#note(type, stream, payload);
    try {
      this.reliable.send(type, stream, payload);
    } catch (error) {
      this.#options.onBroken(PlaygroundError.from(error));
    }
  }

  /** What became of an OPEN is known from what the browser is told. */
  #note(type: FrameType, stream: number, payload: Uint8Array): void {
    if (type === FrameType.OPENED) this.#opens.settle(stream, 'ok');
    else if (type === FrameType.CLOSED) this.#opens.settle(stream, 'SOCKET_CLOSED');
    else if (type === FrameType.RST) {
      const code = toSocketErrorCode(decodeMessage(Reset, payload).code);
      this.#opens.settle(stream, code);
      if (isErrorCode(code)) this.#options.onRefused(code);
    }
  }

  /** 0 takes them. */
  #waitDown(bytes: ByteCount): Milliseconds {
    const { down, budget } = this.learner;
    const wait = Math.max(down.wait(bytes), budget.workWait());
    if (wait === 0) down.take(bytes);
    return wait;
  }

  #onDrain(): void {
    for (const stream of this.#streams.values()) stream.onDrain();
    this.#pump.run();
  }

  #soon(run: () => void): void {
    this.#putOff.push(run);
    this.#putOffTimer ??= setTimeout(() => {
      this.#putOffTimer = undefined;
      for (const late of this.#putOff.splice(0)) this.guard(late);
    }, PUT_OFF);
  }

  #runLater(wait: number): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      this.guard(() => this.#pump.run());
    }, wait);
  }

  #onFrame(frame: Frame): void {
    assertFromBrowser(frame);
    if (frame.stream === 0) this.#onSessionFrame(frame);
    else if (frame.type === FrameType.OPEN) this.#open(frame.stream, decodeMessage(Open, frame.payload));
    else {
      const stream = this.#streams.get(frame.stream);
      if (stream) stream.receive(frame);
      else if (frame.type === FrameType.CALL) this.#refuseCall(frame); // somebody waits for the answer
      // else it has just ended, and the browser does not know yet
    }
  }

  #refuseCall({ stream, payload }: Frame): void {
    const { id } = decodeMessage(SocketCall, payload);
    const error = new PlaygroundError('SOCKET_CLOSED', `stream ${stream} has ended`);
    answer(this.#port, stream, id, Promise.reject(error));
  }

  #onSessionFrame({ type, payload }: Frame): void {
    if (type === FrameType.PING) this.reliable.sendUnnumbered(FrameType.PONG, 0, payload);
    else if (type === FrameType.WATCH) this.#watched = decodeMessage(Watch, payload).streams;
    else if (type === FrameType.CALL) {
      const call = decodeMessage(SocketCall, payload);
      const outcome = Promise.try(() => {
        const outcome = this.#options.programCall(call);
        if (outcome) return outcome;
        if (isIP(call.host ?? '') === 0) this.budget.open(); // asking for a name costs as much as dialling it
        return callWithoutSocket(this.#port, call) ?? resolveName(this.#port, call);
      });
      answer(this.#port, 0, call.id, outcome);
    } else if (type !== FrameType.PONG) throw new PlaygroundError('FRAME_INVALID', `type ${type} on the session`);
  }

  #open(id: number, open: Open): void {
    if (id % 2 === 0 || id <= this.#lastOdd) throw new PlaygroundError('STREAM_INVALID', `stream ${id} opened`);
    this.#lastOdd = id;
    this.#opens.begin(id, open);
    try {
      this.#checkLimits(open);
    } catch (error) {
      const { code, message } = PlaygroundError.from(error);
      const reset: Reset = { at: this.#options.clock.nowMicros(), code, text: message };
      this.#send(FrameType.RST, id, encodeMessage(reset));
      return;
    }
    this.#start(id, open);
  }

  #start(id: number, open: Open): void {
    if (open.kind === 'listen') void this.#add(new ListenerStream(id, this.#port)).open(open);
    else if (open.kind === 'udp') this.#add(new UdpStream(id, this.#port)).open(open);
    else if (open.kind === 'bound') {
      const successor = {
        listen: listenBound(this.#port, id, (stream) => this.#replace(stream)),
        connect: connectBound(this.#port, id, (stream) => this.#replace(stream)),
      };
      void this.#add(new BoundStream(id, this.#port, successor)).open(open);
    } else {
      const stream = this.#add(new TcpStream(id, this.#port));
      if (open.kind === 'tcp') void connectTcp(this.#port, stream, open);
      else if (open.kind === 'unix') connectUnix(this.#port, stream, open);
      else stream.fail('UNSUPPORTED', open.kind);
    }
  }

  #checkLimits(open: Open): void {
    const { limits, sockets } = this.#options;
    this.budget.open();
    if (!sockets.mayOpen(this.learner.socketCount)) {
      throw new PlaygroundError('SOCKET_LIMIT', `of ${limits.sockets} sockets in all`);
    }
    if (open.kind === 'listen') this.learner.assertMayListen();
    else this.learner.assertMayConnect();
  }

  #count(kind: GatewayStream['kind']): number {
    let count = 0;
    for (const stream of this.#streams.values()) if (stream.kind === kind) count += 1;
    return count;
  }

  #add<Stream extends GatewayStream>(stream: Stream): Stream {
    this.#streams.set(stream.id, stream);
    this.#options.sockets.add(1);
    return stream;
  }

  /** A bound socket goes on as another kind of socket, under the same number. @throws {PlaygroundError} SOCKET_CLOSED: it was closed meanwhile. */
  #replace(stream: GatewayStream): void {
    const bound = this.#streams.get(stream.id);
    if (bound && !bound.isOver) {
      this.#streams.set(stream.id, stream);
      return;
    }
    stream.destroy();
    throw new PlaygroundError('SOCKET_CLOSED', `stream ${stream.id} was closed`);
  }

  #adopt(listener: number, create: (id: number) => GatewayStream): void {
    const id = this.#nextEven;
    this.#nextEven += 2;
    this.#acceptedBy.set(id, listener);
    this.#add(create(id));
  }
  #mayAdopt(listener: number): boolean {
    const { limits, sockets } = this.#options;
    let count = 0;
    for (const acceptor of this.#acceptedBy.values()) if (acceptor === listener) count += 1;
    return count < limits.accepted && sockets.mayOpen(this.learner.socketCount);
  }

  #onEnded(stream: GatewayStream): void {
    if (!this.#streams.delete(stream.id)) return;
    const listener = this.#acceptedBy.get(stream.id);
    this.#acceptedBy.delete(stream.id);
    // What the learner has set in motion counts until it has ended too.
    this.#ended.add(stream, () => this.#options.sockets.add(-1));
    if (listener !== undefined) this.#streams.get(listener)?.onDrain(); // it may accept one more
  }
}
