import { PlaygroundError } from '../../../protocol/errors.ts';
import { assertPayloadFits, type Frame, FrameType, isNumbered } from '../../../protocol/frame.ts';
import { decodeMessage, encodeMessage } from '../../../protocol/messages/codec.ts';
import { Open, type Opened } from '../../../protocol/messages/socket.ts';
import { Watch } from '../../../protocol/messages/stats.ts';
import { Reliable, UNACKNOWLEDGED_BYTES } from '../../../protocol/reliable/reliable.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import { timerClock } from '../../shared/timer-clock.ts';
import type { Activity, TabSession } from '../extension.ts';
import type { Extensions } from '../extensions.ts';
import type { Environment } from '../streams/environment.ts';
import { assertFromBrowser } from '../streams/from-browser.ts';
import type { GatewayStream } from '../streams/gateway-stream.ts';
import { encodeReset, pushEnd, type StreamEnd } from '../streams/stream-end.ts';
import type { SocketAccount, StreamHost } from '../streams/stream-host.ts';
import { IS_CALL } from './call-frames.ts';
import { KernelWatch } from './kernel-watch.ts';
import { Opens } from './opens.ts';
import { Pump } from './pump.ts';
import { PutOff } from './put-off.ts';
import type { SessionBudget } from './session-budget.ts';
import { SessionCalls } from './session-calls.ts';
import { startStream } from './start-stream.ts';
import { StreamTable } from './stream-table.ts';
import type { OpenCounts, Tab } from './tab.ts';

export type SessionOptions = {
  readonly environment: Environment;
  /** Sockets of all sessions together, ours included. */
  readonly sockets: SocketAccount;
  readonly extensions: Extensions;
  /** The session cannot go on: its frames make no sense, or its ring is full. */
  readonly onBroken: (error: PlaygroundError) => void;
};

/** Which session this is, and whose. */
export type SessionIdentity = Pick<TabSession, 'id' | 'page' | 'network'> & {
  readonly secret: string;
  readonly tab: Tab;
};

const NOTHING = new Uint8Array();

/** A page's sockets or a program's, and the channel that survives the WebSockets. */
export class GatewaySession implements TabSession {
  readonly id: string;
  readonly page: string | undefined;
  readonly network: string;
  readonly activity: Activity;
  readonly secret: string;
  readonly reliable: Reliable;
  readonly tab: Tab;
  readonly #options: SessionOptions;
  readonly #streams: StreamTable;
  readonly #pump: Pump;
  readonly #host: StreamHost;
  readonly #calls: SessionCalls;
  readonly #opens: Opens;
  readonly #putOff = new PutOff((run) => this.guard(run));
  readonly kernel: KernelWatch;
  #retry: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor({ id, page, network, secret, tab }: SessionIdentity, options: SessionOptions) {
    this.id = id;
    this.page = page;
    this.network = network;
    this.activity = tab.activity;
    this.secret = secret;
    this.tab = tab;
    tab.join(this);
    this.#options = options;
    const { environment, extensions, sockets } = options;
    this.#streams = new StreamTable({ ...environment, sockets, tab });
    this.kernel = new KernelWatch(this.#streams);
    this.reliable = new Reliable({
      clock: timerClock,
      schedule: (flush) => void setImmediate(() => this.guard(flush)),
      onFrame: (frame) => this.#onFrame(frame),
      onDrain: () => this.guard(() => this.#onDrain()),
      waitToReplay: (bytes) => this.#waitDown(bytes),
      pool: tab.pool,
    });
    const send = (type: FrameType, stream: number, payload: Uint8Array): void => this.#send(type, stream, payload);
    const shared = { environment, tab, session: this, extensions, send };
    this.#opens = new Opens({ ...shared, sockets });
    this.#calls = new SessionCalls(shared);
    this.#pump = new Pump({
      hasRoom: () => this.reliable.hasRoomOrNotify(),
      wait: (bytes) => this.#waitDown(bytes),
      send,
      later: (wait) => this.#runLater(wait),
      onEnded: (stream) => this.#streams.onEnded(stream),
    });
    this.#host = this.#createHost(send);
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
    return this.#opens.isUsed;
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
    if (this.#isOver || !this.reliable.hasRoomOrNotify()) return false;
    if (!isNumbered(type)) return this.reliable.sendUnnumbered(type, 0, payload);
    this.#send(type, 0, payload);
    return true;
  }
  pass(frame: Uint8Array<ArrayBuffer>): boolean {
    return !this.#isOver && this.reliable.hasRoomOrNotify() && this.reliable.sendEncoded(frame);
  }
  dismiss(error: PlaygroundError): void {
    this.#options.onBroken(error);
  }

  closeSockets({ code, message: text }: PlaygroundError): void {
    this.guard(() => {
      const failure = { code, text, call: 'recv' } as const;
      for (const stream of [...this.#streams.all()]) {
        stream.destroy();
        this.#pump.forget(stream);
        this.#streams.onEnded(stream);
        this.#opens.settle(stream.id, failure);
        const at = this.#options.environment.clock.nowMicros();
        this.#send(FrameType.RST, stream.id, encodeReset(at, failure));
      }
    });
  }
  enterRoom(room: string | undefined): void {
    this.tab.destinations.room = room;
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
    this.#opens.end();
    clearTimeout(this.#retry);
    this.#putOff.clear();
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

  #createHost(send: StreamHost['send']): StreamHost {
    const { sockets } = this.#options;
    const { tab } = this;
    return {
      tab,
      events: {
        hasRoom: () => this.reliable.unacknowledged < UNACKNOWLEDGED_BYTES,
        take: () => tab.takePeerCall(),
      },
      sockets,
      send,
      opened: (stream, opened) => this.#onOpened(stream, opened),
      ended: (stream, end) => this.#onEnd(stream, end),
      answer: (stream, call, outcome) => this.#calls.answer(stream, call, outcome),
      wake: (stream) => this.#wake(stream),
      soon: (run) => this.#putOff.add(run),
      guard: (run) => this.guard(run),
      adopt: (listener, create) => this.#streams.adopt(listener, create),
      mayAdopt: (listener) => this.#streams.mayAdopt(listener),
      onLingered: (stream) => this.#streams.onLingered(stream),
    };
  }

  #send(type: FrameType, stream: number, payload: Uint8Array): void {
    if (this.#isOver) return;
    try {
      this.reliable.send(type, stream, payload);
    } catch (error) {
      this.#options.onBroken(PlaygroundError.from(error));
    }
  }

  #onOpened(stream: number, opened: Opened): void {
    if (this.#isOver) return;
    this.#opens.onOpened(stream);
    this.#send(FrameType.OPENED, stream, encodeMessage(opened));
  }
  #onEnd(stream: GatewayStream, end: StreamEnd): void {
    if (this.#isOver) return;
    this.#opens.settle(stream.id, end.failure);
    pushEnd(stream.outbound, end);
    this.#wake(stream);
  }

  /** As `guard`, without a closure: it runs for each read of a socket. */
  #wake(stream: GatewayStream): void {
    if (this.#isOver) return;
    this.budget.beginWork();
    try {
      this.#pump.wake(stream);
    } catch (error) {
      this.#options.onBroken(PlaygroundError.from(error));
    } finally {
      this.budget.endWork();
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

  #runLater(wait: Milliseconds): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      this.guard(() => this.#pump.run());
    }, wait);
  }

  #onFrame(frame: Frame): void {
    assertFromBrowser(frame);
    if (IS_CALL[frame.type]) this.activity.mark = (((this.activity.mark >>> 8) + 1) << 8) | frame.type;
    if (frame.stream === 0) this.#onSessionFrame(frame);
    else if (frame.type === FrameType.OPEN) this.#open(frame.stream, decodeMessage(Open, frame.payload));
    else {
      const stream = this.#streams.get(frame.stream);
      if (stream) stream.receive(frame);
      else if (frame.type === FrameType.CALL) this.#calls.refuse(frame.stream, frame.payload);
      // Any other frame was sent before the browser received the stream's end.
    }
  }

  #open(id: number, open: Open): void {
    const isOpening = this.#opens.begin(id, open);
    if (!isOpening || this.#isOver) return; // an extension may have dismissed the tab
    startStream({ environment: this.#options.environment, host: this.#host, streams: this.#streams }, id, open);
  }

  #onSessionFrame({ type, payload }: Frame): void {
    if (type === FrameType.PING) this.reliable.sendUnnumbered(FrameType.PONG, 0, payload);
    else if (type === FrameType.WATCH) this.kernel.set(decodeMessage(Watch, payload));
    else if (type === FrameType.CALL) this.#calls.take(payload);
    else if (type !== FrameType.PONG) {
      const take = this.#options.extensions.frame(type);
      if (!take) throw new PlaygroundError('FRAME_INVALID', `type ${type} on the session`);
      take(this, payload);
    }
  }
}
