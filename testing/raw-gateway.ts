import { WebSocket } from 'ws';
import { decodeFrames, encodeFrame, type Frame, FrameType, isNumbered } from '../protocol/frame.ts';
import { decodeMessage, encodeMessage } from '../protocol/messages/codec.ts';
import { Goaway, type Hello, PROTOCOL_VERSION, Welcome } from '../protocol/messages/session.ts';
import { type Open, Reset } from '../protocol/messages/socket.ts';
import { addressOfNode } from '../protocol/node-name.ts';
import { encodeU32 } from '../protocol/payloads.ts';

const NOTHING = new Uint8Array();

/** A browser's end without the client library: says what it is told to, true or not, and keeps what it hears. */
export class RawGateway {
  readonly ws: WebSocket;
  /** How the WebSocket ended. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #heard: Frame[] = [];
  readonly #waiting = new Set<() => void>();
  #sentSeq = 0;
  #receivedSeq = 0;

  /** Dials, from this address of the machine, and says nothing. */
  constructor(pageUrl: string, localAddress = '127.0.0.1', node?: string) {
    const options = { origin: new URL(pageUrl).origin, perMessageDeflate: false, localAddress };
    this.ws = new WebSocket(addressOfNode(`${pageUrl.replace(/^http/, 'ws')}gateway`, node), options);
    this.ws.on('message', (message: Buffer) => this.#onMessage(message));
    this.ws.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** Dials, says HELLO, and waits for WELCOME. */
  static async enter(
    pageUrl: string,
    hello: Partial<Hello> = {},
    localAddress?: string,
  ): Promise<{ raw: RawGateway; welcome: Welcome; resume: () => NonNullable<Hello['resume']> }> {
    const raw = new RawGateway(pageUrl, localAddress);
    await raw.opened();
    raw.hello(hello);
    const welcome = decodeMessage(Welcome, (await raw.next(FrameType.WELCOME)).payload);
    const { session, secret = '' } = welcome;
    return { raw, welcome, resume: () => ({ session, secret, received: raw.received }) };
  }

  /** The seq of the last numbered frame that was heard. */
  get received(): number {
    return this.#receivedSeq;
  }
  get sentSeq(): number {
    return this.#sentSeq;
  }
  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.ws.once('open', () => resolve());
      this.ws.once('error', reject);
    });
  }
  hello(hello: Partial<Hello> = {}): void {
    this.send(FrameType.HELLO, 0, encodeMessage({ version: PROTOCOL_VERSION, ...hello }));
  }
  /** One frame in one message, with the next number where its type has one. */
  send(type: FrameType, stream: number, payload: Uint8Array = NOTHING): void {
    this.ws.send(this.encode(type, stream, payload));
  }
  encode(type: FrameType, stream: number, payload: Uint8Array = NOTHING): Uint8Array {
    if (!isNumbered(type)) return encodeFrame({ type, seq: 0, stream, payload });
    this.#sentSeq += 1;
    return encodeFrame({ type, seq: this.#sentSeq, stream, payload });
  }
  open(stream: number, open: Open): void {
    this.send(FrameType.OPEN, stream, encodeMessage(open));
  }
  acknowledge(): void {
    this.send(FrameType.ACK, 0, encodeU32(this.#receivedSeq));
  }

  /** The next frame of this type, and of this stream where one is named, that was not asked for yet. */
  async next(type: FrameType, stream?: number): Promise<Frame> {
    for (;;) {
      const index = this.#heard.findIndex(
        (frame) => frame.type === type && (stream === undefined || frame.stream === stream),
      );
      const [found] = index < 0 ? [] : this.#heard.splice(index, 1);
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }
  /** The code of the next RST of this stream. */
  async resetCode(stream: number): Promise<string> {
    return decodeMessage(Reset, (await this.next(FrameType.RST, stream)).payload).code;
  }
  async goawayCode(): Promise<string> {
    return decodeMessage(Goaway, (await this.next(FrameType.GOAWAY)).payload).code;
  }
  count(type: FrameType): number {
    return this.#heard.filter((frame) => frame.type === type).length;
  }
  /** A cut: the gateway hears of it, but no GOAWAY. */
  cut(): void {
    this.ws.terminate();
  }

  #onMessage(message: Buffer): void {
    for (const frame of decodeFrames(message)) {
      if (frame.seq > this.#receivedSeq) this.#receivedSeq = frame.seq;
      this.#heard.push(frame);
    }
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
