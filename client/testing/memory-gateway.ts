import { dataCost, ReceiveWindow, SendCredit } from '../../protocol/credit.ts';
import { decodeFrames, encodeFrame, type Frame, FrameType, RECEIVE_BYTES } from '../../protocol/frame.ts';
import { type CallResult, SocketCall } from '../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../protocol/messages/codec.ts';
import { type Goaway, Hello, PROTOCOL_VERSION, type Welcome } from '../../protocol/messages/session.ts';
import { type Accepted, Open } from '../../protocol/messages/socket.ts';
import {
  decodeDatagram,
  decodeU32,
  encodeDatagram,
  encodeReceived,
  encodeTime,
  encodeU32,
} from '../../protocol/payloads.ts';
import { Reliable } from '../../protocol/reliable/reliable.ts';
import type { Transport } from '../../protocol/reliable/transport.ts';
import type { ManualClock } from '../../protocol/testing/manual-clock.ts';
import type { ByteCount } from '../../protocol/units.ts';
import type { DialGateway, WebSocketEvents } from '../web-socket-port.ts';

const LOCAL = { host: '127.0.0.1', port: 1 };
const REMOTE = { host: '127.0.0.1', port: 2 };
const NOTHING = new Uint8Array();
const LIMITS: Welcome['limits'] = {
  streams: 64,
  listeners: 8,
  framesPerSecond: 100_000,
  framesBurst: 100_000,
  bytesPerSecond: 1e9,
  bytesBurst: 1e9,
  opensPerSecond: 10_000,
  opensBurst: 10_000,
  datagramsPerSecond: 10_000,
  windowBytes: 262_144,
  unacknowledgedBytes: 262_144,
  backlog: 128,
  grace: 120_000,
  connectTimeout: 10_000,
};

/** The far end of one stream: what has arrived there, and what it says. */
export class FarStream {
  readonly id: number;
  readonly kind: Open['kind'];
  readonly types: FrameType[] = [];
  readonly arrived: Uint8Array[] = [];
  arrivedBytes: ByteCount = 0;
  /** How many bytes had arrived when this frame did. */
  readonly endedAt = new Map<FrameType, ByteCount>();
  readonly window = new ReceiveWindow();
  readonly credit = new SendCredit();
  readonly queue: Uint8Array[] = [];
  isOver = false;

  constructor(id: number, kind: Open['kind']) {
    this.id = id;
    this.kind = kind;
  }
  get bytes(): Buffer {
    return Buffer.concat(this.arrived);
  }
}

type Link = { readonly events: WebSocketEvents; up: Uint8Array[]; down: Uint8Array[]; isCut: boolean };

/**
 * The gateway's end of the protocol, in memory: messages move when a test says so, and links are cut when it says so. Sockets go to nobody;
 * what a stream does on DATA is `onData`'s to say. Every frame is answered as docs/protocol.md has it.
 */
export class MemoryGateway {
  readonly streams = new Map<number, FarStream>();
  readonly flushes: (() => void)[] = [];
  readonly #clock: ManualClock;
  readonly #links: Link[] = [];
  #reliable: Reliable;
  #transport: Transport | undefined;
  #nextEven = 2;
  #session = 1;
  isLeft = false;
  /** What it is called, and which nodes were dialled so far. */
  node = 'a';
  readonly dialled: (string | undefined)[] = [];
  /** In place of WELCOME. */
  refusal: Goaway | undefined;
  onData: (stream: FarStream, bytes: Uint8Array) => void = () => undefined;

  constructor(clock: ManualClock) {
    this.#clock = clock;
    this.#reliable = this.#createReliable();
  }

  readonly schedule = (flush: () => void): void => void this.flushes.push(flush);
  readonly dial: DialGateway = (events, node) => {
    this.dialled.push(node);
    const link: Link = { events, up: [], down: [], isCut: false };
    this.#links.push(link);
    this.flushes.push(() => {
      if (!link.isCut) events.onOpen();
    });
    return {
      send: (message) => {
        if (!link.isCut) link.up.push(message.slice()); // as a WebSocket does, which has read it then
      },
      bufferedAmount: () => 0,
      // What has been sent still arrives, as with a WebSocket that is closed.
      close: () => {
        link.down = [];
      },
    };
  };

  get isIdle(): boolean {
    const isEmpty = this.#links.every(({ up, down }) => up.length + down.length === 0);
    return isEmpty && this.flushes.length === 0;
  }

  /** Runs what was put off, and moves so many messages each way. Copies are what a network makes. */
  step(count = Number.POSITIVE_INFINITY): void {
    for (const flush of this.flushes.splice(0)) flush();
    for (const link of this.#links) {
      for (const message of link.up.splice(0, count)) this.#receive(link, message.slice());
      for (const message of link.down.splice(0, count)) if (!link.isCut) link.events.onMessage(message.slice());
    }
  }
  /** Until nothing moves. */
  settle(): void {
    for (let round = 0; round < 2_000; round += 1) {
      this.step();
      if (this.isIdle) {
        this.#clock.advance(60);
        if (this.isIdle) return;
      }
    }
    throw new Error('it does not settle');
  }
  /** The network is gone, or the gateway closes with a code of its own: of what is under way nothing arrives. */
  cut(code = 1_006, reason = ''): void {
    const link = this.#links.at(-1);
    if (!link || link.isCut) return;
    link.isCut = true;
    link.up = [];
    link.down = [];
    link.events.onClose({ code, reason });
  }
  /** The session's grace period is over. */
  forget(): void {
    this.#begin();
    this.cut();
  }

  say(stream: FarStream, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += RECEIVE_BYTES) stream.queue.push(bytes.subarray(at, at + RECEIVE_BYTES));
    this.#flush(stream);
  }
  send(type: FrameType, stream: number, payload: Uint8Array = NOTHING): void {
    this.#reliable.send(type, stream, payload);
  }
  sendUnnumbered(type: FrameType, payload: Uint8Array): void {
    this.#reliable.sendUnnumbered(type, 0, payload);
  }
  /** A peer connects to a listener, and has been accepted. */
  accept(listener: number): FarStream {
    const stream = new FarStream(this.#nextEven, 'tcp');
    this.#nextEven += 2;
    this.streams.set(stream.id, stream);
    const accepted: Accepted = { at: 5, listener, local: LOCAL, remote: REMOTE };
    this.send(FrameType.ACCEPTED, stream.id, encodeMessage(accepted));
    return stream;
  }

  /** Another session: of the last nothing is left. */
  #begin(): void {
    this.#reliable.detach();
    this.#session += 1;
    this.#reliable = this.#createReliable();
    for (const stream of this.streams.values()) stream.isOver = true;
  }
  #createReliable(): Reliable {
    return new Reliable({
      clock: this.#clock,
      schedule: this.schedule,
      onFrame: (frame) => this.#onFrame(frame),
      onDrain: () => {
        for (const stream of this.streams.values()) this.#flush(stream);
      },
    });
  }

  /** GOAWAY to a session that is attached; the WebSocket closes behind it, by `cut`. */
  goAway(goaway: Goaway): void {
    const payload = encodeMessage(goaway);
    this.#transport?.send(encodeFrame({ type: FrameType.GOAWAY, seq: 0, stream: 0, payload }), () => undefined);
  }

  #receive(link: Link, message: Uint8Array): void {
    const [first] = decodeFrames(message);
    if (first?.type === FrameType.HELLO) this.#onHello(link, decodeMessage(Hello, first.payload));
    else if (first?.type === FrameType.GOAWAY) this.isLeft = true;
    else if (link === this.#links.at(-1) && this.#transport) this.#reliable.receive(this.#transport, message);
  }
  get #name(): string {
    return this.#session.toString(16).padStart(32, '0');
  }
  #onHello(link: Link, { resume }: Hello): void {
    if (this.refusal) {
      const payload = encodeMessage(this.refusal);
      link.down.push(encodeFrame({ type: FrameType.GOAWAY, seq: 0, stream: 0, payload }));
      return;
    }
    const isResumed = resume?.session === this.#name;
    if (!isResumed) this.#begin();
    const session = this.#name;
    const welcome: Welcome = {
      version: PROTOCOL_VERSION,
      status: isResumed ? 'resumed' : resume ? 'gone' : 'new',
      session,
      node: this.node,
      secret: session,
      received: this.#reliable.received,
      now: 1,
      epoch: 1,
      mode: 'class',
      queue: 'kernel',
      lab: [],
      limits: LIMITS,
    };
    link.down.push(encodeFrame({ type: FrameType.WELCOME, seq: 0, stream: 0, payload: encodeMessage(welcome) }));
    this.#transport = {
      send: (bytes, onSent) => {
        link.down.push(bytes.slice());
        onSent();
      },
      bufferedAmount: () => 0,
    };
    this.#reliable.attach(this.#transport, isResumed ? resume.received : 0);
  }

  #onFrame(frame: Frame): void {
    const { type, stream: id, payload } = frame;
    if (type === FrameType.PING) this.#reliable.sendUnnumbered(FrameType.PONG, 0, payload);
    else if (type === FrameType.OPEN) this.#open(id, decodeMessage(Open, payload));
    else if (type === FrameType.CALL) {
      const result: CallResult = { id: decodeMessage(SocketCall, payload).id, at: 2 };
      this.send(FrameType.RESULT, id, encodeMessage(result));
    } else {
      const stream = this.streams.get(id);
      stream?.types.push(type);
      if (stream && !stream.isOver) this.#onStreamFrame(stream, frame);
    }
  }
  #open(id: number, { kind }: Open): void {
    this.streams.set(id, new FarStream(id, kind));
    this.send(FrameType.OPENED, id, encodeMessage({ called: 1, at: 2, local: LOCAL, remote: REMOTE }));
  }

  #onStreamFrame(stream: FarStream, { type, payload }: Frame): void {
    stream.endedAt.set(type, stream.arrivedBytes);
    if (type === FrameType.DATA) this.#onData(stream, payload.slice());
    else if (type === FrameType.CREDIT) {
      stream.credit.grant(decodeU32(payload));
      this.#flush(stream);
    } else if (type === FrameType.FIN) this.send(FrameType.FIN, stream.id, encodeTime(3));
    else if (type === FrameType.CLOSE || type === FrameType.RST) {
      stream.isOver = true;
      this.send(FrameType.CLOSED, stream.id, encodeTime(4));
    } else if (type === FrameType.DGRAM) {
      const { host, port, bytes } = decodeDatagram(payload);
      this.send(FrameType.DGRAM, stream.id, encodeDatagram({ at: 5, host, port, bytes }));
    } else if (type === FrameType.ACCEPT) this.accept(stream.id);
  }
  #onData(stream: FarStream, bytes: Uint8Array): void {
    stream.window.receive(dataCost(bytes.length)); // throws where credit is overdrawn
    stream.arrived.push(bytes);
    stream.arrivedBytes += bytes.length;
    const sent = new Uint8Array(12);
    sent.set(encodeTime(6));
    sent.set(encodeU32(bytes.length), 8);
    this.send(FrameType.SENT, stream.id, sent);
    const grant = stream.window.consume(dataCost(bytes.length));
    if (grant > 0) this.send(FrameType.CREDIT, stream.id, encodeU32(grant));
    this.onData(stream, bytes);
  }
  #flush(stream: FarStream): void {
    while (!stream.isOver && this.#reliable.hasRoomOrNotify()) {
      const [next] = stream.queue;
      if (!next || next.length > stream.credit.available) return;
      stream.queue.shift();
      stream.credit.spend(next.length);
      this.send(FrameType.DATA, stream.id, encodeReceived(7, next));
    }
  }
}
