import { isIP } from 'node:net';
import { isErrorCode, PlaygroundError, toSocketErrorCode } from '../../../protocol/errors.ts';
import { assertPayloadFits, type Frame, FrameType, isNumbered } from '../../../protocol/frame.ts';
import { CallHead, SocketCall } from '../../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../../protocol/messages/codec.ts';
import { Open, Reset } from '../../../protocol/messages/socket.ts';
import { type KernelState, Watch } from '../../../protocol/messages/stats.ts';
import { Reliable, UNACKNOWLEDGED_BYTES } from '../../../protocol/reliable.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import { timerClock } from '../../shared/timer-clock.ts';
import type { TabSession } from '../extension.ts';
import type { Extensions } from '../extensions.ts';
import { assertFromBrowser } from '../streams/from-browser.ts';
import { connectBound, listenBound, resolveName } from '../streams/listen/bound-calls.ts';
import { BoundStream } from '../streams/listen/bound-stream.ts';
import { ListenerStream } from '../streams/listen/listener-stream.ts';
import { answer, callWithoutSocket } from '../streams/socket-calls.ts';
import type { GatewayDeps, SocketAccount, StreamPort } from '../streams/stream-port.ts';
import { connectTcp, connectUnix } from '../streams/tcp/connect-tcp.ts';
import { TcpStream } from '../streams/tcp/tcp-stream.ts';
import { UdpStream } from '../streams/udp/udp-stream.ts';
import { OpenOutcomes } from './open-outcomes.ts';
import { Pump } from './pump.ts';
import type { SessionBudget } from './session-budget.ts';
import { StreamTable } from './stream-table.ts';
import type { OpenCounts, Tab } from './tab.ts';

export type SessionOptions = GatewayDeps & {
  /** Sockets of all sessions together, ours included. */
  readonly sockets: SocketAccount;
  readonly extensions: Extensions;
  /** The session cannot go on: its frames make no sense, or its ring is full. */
  readonly onBroken: (error: PlaygroundError) => void;
};

/** Which session this is, and whose. */
export type SessionIdentity = Pick<TabSession, 'id' | 'page'> & { readonly secret: string; readonly tab: Tab };

/** What need not be told at once waits this long for something to travel with. */
const PUT_OFF: Milliseconds = 8;
const NOTHING = new Uint8Array();

/** A page's sockets or a program's, and the channel that survives the WebSockets. */
export class GatewaySession implements TabSession {
  readonly id: string;
  readonly page: string | undefined;
  readonly secret: string;
  readonly reliable: Reliable;
  readonly tab: Tab;
  readonly #options: SessionOptions;
  readonly #streams: StreamTable;
  readonly #pump: Pump;
  readonly #port: StreamPort;
  readonly #opens: OpenOutcomes;
  #watched: readonly number[] = [];
  #lastOdd = -1;
  #retry: NodeJS.Timeout | undefined;
  #putOffTimer: NodeJS.Timeout | undefined;
  readonly #putOff: (() => void)[] = [];
  #isOver = false;

  constructor({ id, page, secret, tab }: SessionIdentity, options: SessionOptions) {
    this.id = id;
    this.page = page;
    this.secret = secret;
    this.tab = tab;
    tab.join(this);
    this.#options = options;
    this.#opens = new OpenOutcomes((open, outcome) => options.extensions.onOutcome(this, open, outcome));
    this.#streams = new StreamTable({ ...options, tab });
    this.reliable = new Reliable({
      clock: timerClock,
      schedule: (flush) => void setImmediate(() => this.guard(flush)),
      onFrame: (frame) => this.#onFrame(frame),
      onDrain: () => this.guard(() => this.#onDrain()),
      waitToReplay: (bytes) => this.#waitDown(bytes),
      pool: tab.pool,
    });
    this.#pump = new Pump({
      hasRoom: () => this.reliable.askRoom(),
      wait: (bytes) => this.#waitDown(bytes),
      send: (type, stream, payload) => this.#send(type, stream, payload),
      later: (wait) => this.#runLater(wait),
      onEnded: (stream) => this.#streams.onEnded(stream),
    });
    this.#port = {
      ...options,
      send: (type, stream, payload) => this.#send(type, stream, payload),
      wake: (stream) => this.guard(() => this.#pump.wake(stream)),
      soon: (run) => this.#soon(run),
      hasEventRoom: () => this.reliable.unacknowledged < UNACKNOWLEDGED_BYTES,
      takeEvent: () => {
        tab.events.take(1);
        return tab.events.wait(1);
      },
      onLingered: (stream) => this.#streams.onLingered(stream),
      onFault: (error) => options.extensions.onFault(error),
      ports: tab.ports,
      destinations: tab.destinations,
      pool: tab.pool,
      guard: (run) => this.guard(run),
      adopt: (listener, create) => this.#streams.adopt(listener, create),
      mayAdopt: (listener) => this.#streams.mayAdopt(listener),
    };
  }

  get budget(): SessionBudget {
    return this.tab.budget;
  }
  get streamCount(): number {
    return this.#streams.size;
  }
  get socketCount(): number {
    return this.tab.socketCount;
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
      const state = this.#streams.kernelState(stream);
      return state ? [{ stream, ...state }] : [];
    });
  }
  sweep(nowMicros: number): void {
    this.tab.pool.look();
    this.guard(() => {
      for (const stream of this.#streams.all()) stream.sweep(nowMicros);
    });
  }

  openCounts(): OpenCounts {
    return this.#streams.counts();
  }

  tell(type: FrameType, payload: Uint8Array): boolean {
    assertPayloadFits(payload);
    if (this.#isOver || !this.reliable.askRoom()) return false;
    if (!isNumbered(type)) return this.reliable.sendUnnumbered(type, 0, payload);
    this.#send(type, 0, payload);
    return true;
  }
  dismiss(error: PlaygroundError): void {
    this.#options.onBroken(error);
  }

  /** The program has ended: its sockets are closed as a kernel closes them, and what it had not read makes that a reset. */
  retire(): void {
    this.guard(() => {
      for (const stream of this.#streams.all()) {
        const type = stream.outbound.bytes > 0 ? FrameType.RST : FrameType.CLOSE;
        stream.receive({ type, seq: 0, stream: stream.id, payload: NOTHING });
      }
    });
  }

  /** Closes every socket; peers see a reset. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.tab.leave(this);
    this.#opens.settleAll('SESSION_GONE');
    clearTimeout(this.#retry);
    clearTimeout(this.#putOffTimer);
    this.reliable.detach();
    this.#streams.destroy();
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
      if (isErrorCode(code)) this.#options.extensions.onRefused(code);
    }
  }

  /** 0 takes them. */
  #waitDown(bytes: ByteCount): Milliseconds {
    const { down, budget } = this.tab;
    const wait = Math.max(down.wait(bytes), budget.workWait());
    if (wait === 0) down.take(bytes);
    return wait;
  }

  #onDrain(): void {
    for (const stream of this.#streams.all()) stream.onDrain();
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
    else if (type === FrameType.CALL) this.#onCall(payload);
    else if (type !== FrameType.PONG) {
      const take = this.#options.extensions.frame(type);
      if (!take) throw new PlaygroundError('FRAME_INVALID', `type ${type} on the session`);
      take(this, payload);
    }
  }
  #onCall(payload: Uint8Array): void {
    const { id, call: name } = decodeMessage(CallHead, payload);
    const answered = this.#options.extensions.call(name)?.(payload);
    if (answered) {
      answer(this.#port, 0, id, Promise.try(answered, this));
      return;
    }
    const call = decodeMessage(SocketCall, payload);
    const outcome = Promise.try(() => {
      if (isIP(call.host ?? '') === 0) this.budget.open(); // asking for a name costs as much as dialling it
      return callWithoutSocket(this.#port, call) ?? resolveName(this.#port, call);
    });
    answer(this.#port, 0, id, outcome);
  }

  #open(id: number, open: Open): void {
    if (id % 2 === 0 || id <= this.#lastOdd) throw new PlaygroundError('STREAM_INVALID', `stream ${id} opened`);
    this.#lastOdd = id;
    this.#opens.begin(id, open);
    try {
      this.#checkLimits(open);
    } catch (error) {
      const { code, message } = PlaygroundError.from(error);
      const reset: Reset = { at: this.#options.clock.nowMicros(), code, text: message, call: 'socket' };
      this.#send(FrameType.RST, id, encodeMessage(reset));
      return;
    }
    if (!this.#isOver) this.#start(id, open); // unless an extension has dismissed the tab
  }

  #start(id: number, open: Open): void {
    if (open.kind === 'listen') void this.#streams.add(new ListenerStream(id, this.#port)).open(open);
    else if (open.kind === 'udp') this.#streams.add(new UdpStream(id, this.#port)).open(open);
    else if (open.kind === 'bound') {
      const successor = {
        listen: listenBound(this.#port, id, (stream) => this.#streams.replace(stream)),
        connect: connectBound(this.#port, id, (stream) => this.#streams.replace(stream)),
      };
      void this.#streams.add(new BoundStream(id, this.#port, successor)).open(open);
    } else {
      const stream = this.#streams.add(new TcpStream(id, this.#port));
      if (open.kind === 'tcp') void connectTcp(this.#port, stream, open);
      else if (open.kind === 'unix') connectUnix(this.#port, stream, open);
      else stream.fail({ code: 'UNSUPPORTED', text: open.kind, call: 'socket' });
    }
  }

  #checkLimits(open: Open): void {
    const { limits, sockets } = this.#options;
    this.budget.open();
    if (!sockets.mayOpen(this.tab.socketCount)) {
      throw new PlaygroundError('SOCKET_LIMIT', `of ${limits.sockets} sockets in all`);
    }
    if (open.kind === 'listen') this.tab.assertMayListen();
    else this.tab.assertMayConnect();
    this.#options.extensions.mayOpen(this, open);
  }
}
