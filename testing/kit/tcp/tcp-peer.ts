import type { Socket } from 'node:net';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import { firstDifference } from '../../../trace/bytes/first-difference.ts';
import { SocketRecorder } from '../../../trace/recorder.ts';
import { UnreadBytes } from '../../../trace/script/unread-bytes.ts';
import { type BytesLike, toBytes } from '../bytes.ts';
import { Call, runAtOnce, type Step } from '../expectation.ts';
import { show, showDifference } from '../show.ts';
import { now } from '../time-line.ts';
import { Refusal, Waiting, type WaitOptions } from '../waiting.ts';
import { findMark } from './find-mark.ts';
import { type Ending, NAMES, type PeerState, whyNotEnded, whyNotSend, whyNotSilent, whyOver } from './peer-state.ts';
import { playScript, readScript } from './play-script.ts';

export type PeerOptions = {
  readonly timeout?: Milliseconds;
  /** FIN is not answered by FIN. */
  readonly halfOpen?: boolean;
  /** @internal */
  readonly step?: Step;
};
export const TIMEOUT: Milliseconds = 5_000;

/**
 * One end of a TCP connection, held by a test. It reads a byte stream: how the other end's writes were cut is not looked at. What
 * comes is read at once and kept; `expectBytes`, `read` and the like take from it in order.
 */
export class TcpPeer {
  readonly kind: 'accepted' | 'tcp';
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** @internal */
  readonly recorder: SocketRecorder;
  readonly #socket: Socket;
  readonly #timeout: Milliseconds;
  readonly #step: Step;
  readonly #waiting = new Waiting();
  readonly #state: PeerState;
  readonly #unread: UnreadBytes;

  /** @internal */
  constructor(socket: Socket, kind: 'accepted' | 'tcp', options: PeerOptions = {}) {
    const { timeout = TIMEOUT, halfOpen = false, step = runAtOnce } = options;
    this.kind = kind;
    this.local = { host: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    this.remote = { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    this.recorder = new SocketRecorder({ kind, now, kept: Number.POSITIVE_INFINITY });
    this.recorder.local = this.local;
    this.recorder.remote = this.remote;
    this.#unread = new UnreadBytes(this.recorder.received);
    this.#socket = socket;
    this.#timeout = timeout;
    this.#state = { ending: 'open', isClosed: false, isWriteEnded: false, isHalfOpen: halfOpen };
    this.#step = step;
    const { host, port } = this.remote;
    this.recorder.call(kind === 'accepted' ? 'accept' : 'connect', { text: formatEndpoint(host, port) });
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => {
      this.recorder.moved('recv', 'received', bytes);
      this.#waiting.wake();
    });
    socket.on('end', () => this.#onEnd());
    socket.on('error', () => this.#onReset());
    socket.on('close', () => this.#onClose());
  }

  /** All that has come, a copy. */
  get received(): Uint8Array {
    return this.recorder.received.slice(0, this.recorder.received.length).slice();
  }
  /** All that was sent, a copy. */
  get sent(): Uint8Array {
    return this.recorder.sent.slice(0, this.recorder.sent.length).slice();
  }
  /** What has come and nobody has taken yet, a copy. */
  get unread(): Uint8Array {
    return this.#unread.look().slice();
  }
  get ending(): Ending {
    return this.#state.ending;
  }

  /**
   * Takes the next bytes, however they were cut, and leaves what comes after them.
   * @throws {SocketExpectationError} at the first byte that differs, at the end of the stream, or when the time is up
   */
  async expectBytes(expected: BytesLike, { timeout = this.#timeout }: WaitOptions = {}): Promise<void> {
    const call = new Call(this.expectBytes);
    const wanted = toBytes(expected);
    const difference = (): string =>
      `\n${showDifference(wanted, this.#unread.look(wanted.length), this.#unread.taken)}`;
    const look = (): true | Refusal | undefined => {
      const got = this.#unread.look(wanted.length);
      const at = firstDifference(wanted, got);
      if (at === wanted.length) return true;
      if (at < got.length) return new Refusal(`the bytes differ:${difference()}`);
      return whyOver(this.#state, () => difference());
    };
    await this.#run(`expect ${show(wanted)}`, call, () =>
      this.#waiting.until(call, timeout, look, () => `the bytes have not come:${difference()}`),
    );
    this.#unread.skip(wanted.length);
  }
  /** Takes so many bytes. @throws {SocketExpectationError} */
  async read(count: ByteCount, { timeout = this.#timeout }: WaitOptions = {}): Promise<Uint8Array> {
    const call = new Call(this.read);
    const untaken = (): string => `unread: ${show(this.#unread.look())}`;
    const look = (): true | Refusal | undefined => (this.#unread.count >= count ? true : whyOver(this.#state, untaken));
    await this.#run(`read ${count} bytes`, call, () =>
      this.#waiting.until(call, timeout, look, () => `${count} bytes have not come; ${untaken()}`),
    );
    return this.#unread.take(count);
  }
  /** Takes what stands before the delimiter, and the delimiter, which is not returned. @throws {SocketExpectationError} */
  async readUntil(delimiter: BytesLike, { timeout = this.#timeout }: WaitOptions = {}): Promise<Uint8Array> {
    const call = new Call(this.readUntil);
    const mark = toBytes(delimiter);
    const untaken = (): string => `unread: ${show(this.#unread.look())}`;
    const find = findMark(mark);
    const look = (): ReturnType<typeof find> | Refusal => find(this.#unread.look()) ?? whyOver(this.#state, untaken);
    const { length } = await this.#run(`read until ${show(mark)}`, call, () =>
      this.#waiting.until(call, timeout, look, () => `${show(mark)} has not come; ${untaken()}`),
    );
    const bytes = this.#unread.take(length);
    this.#unread.skip(mark.length);
    return bytes;
  }
  /** Takes everything up to the other end's FIN. @throws {SocketExpectationError} */
  async readToEnd({ timeout = this.#timeout }: WaitOptions = {}): Promise<Uint8Array> {
    const call = new Call(this.readToEnd);
    await this.#run('read to the end', call, () => this.#ended(call, 'fin', timeout));
    return this.#unread.take(this.#unread.count);
  }
  /** Text by text, without the delimiter; the last one may lack it. It is over with the stream, or when the test closes the peer. */
  async *lines(delimiter: BytesLike = '\n'): AsyncGenerator<string, void, undefined> {
    const find = findMark(toBytes(delimiter));
    for (let next = await this.takeWhere(find); next; next = await this.takeWhere(find)) {
      yield new TextDecoder().decode(next.bytes.subarray(0, next.found.length));
    }
    if (this.#unread.count > 0) yield new TextDecoder().decode(this.#unread.take(this.#unread.count));
  }
  /** What `find` finds in the bytes that have come, taken up to its end; undefined when no more come. @internal For scripts. */
  async takeWhere<Found extends { readonly end: ByteCount }>(
    find: (unread: Uint8Array) => Found | undefined,
  ): Promise<{ readonly found: Found; readonly bytes: Uint8Array } | undefined> {
    const look = (): Found | 'over' | undefined =>
      find(this.#unread.look()) ?? (whyOver(this.#state, () => '') && 'over');
    const found = await this.#waiting.until(new Call(this.takeWhere), NEVER, look, () => '');
    return found === 'over' ? undefined : { found, bytes: this.#unread.take(found.end) };
  }
  /**
   * Plays a script of the page's grammar (docs/testing-your-app.md). A step waits for `timeout` at the most, unless its line says `within`.
   * With rules it ends when no more bytes can come. @throws {SocketExpectationError} with the script's line
   */
  async play(script: string, { timeout = this.#timeout }: WaitOptions = {}): Promise<void> {
    const call = new Call(this.play);
    await playScript(this, readScript(script, call), call, timeout);
  }
  /** Waits until the other end's sending has ended, whatever came before. @throws {SocketExpectationError} */
  async expectEnd(ending: 'fin' | 'reset' = 'fin', { timeout = this.#timeout }: WaitOptions = {}): Promise<void> {
    const call = new Call(this.expectEnd);
    await this.#run(`expect ${NAMES[ending]}`, call, () => this.#ended(call, ending, timeout));
  }
  /** Nothing comes for so long, not the end either. The only one that waits for a time to pass. @throws {SocketExpectationError} */
  async expectSilence(ms: Milliseconds): Promise<void> {
    const call = new Call(this.expectSilence);
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      this.#waiting.wake();
    }, ms);
    const look = (): true | Refusal | undefined =>
      whyNotSilent(this.#state, this.#unread) ?? (isOver ? true : undefined);
    await this.#run(`expect silence for ${ms} ms`, call, () =>
      this.#waiting.until(call, NEVER, look, () => ''),
    ).finally(() => clearTimeout(timer));
  }

  /** One write. The bytes are copied, and leave in the order of the calls. @throws {SocketExpectationError} it no longer sends */
  send(data: BytesLike): void {
    const bytes = toBytes(data);
    const reason = whyNotSend(this.#state);
    if (reason !== undefined) throw new Call(this.send).error(reason);
    this.recorder.moved('send', 'sent', bytes);
    this.#socket.write(bytes);
  }
  /** One write for each `slice` bytes, `every` so many ms. @throws {SocketExpectationError} it no longer sends */
  async sendSlowly(
    data: BytesLike,
    { slice, every }: { readonly slice: ByteCount; readonly every: Milliseconds },
  ): Promise<void> {
    const call = new Call(this.sendSlowly);
    const bytes = toBytes(data);
    if (!(slice >= 1)) throw call.error(`a slice of ${slice} bytes is never done`);
    for (let start = 0; start < bytes.length; start += slice) {
      if (start > 0) await new Promise((resolve) => setTimeout(resolve, every));
      const reason = whyNotSend(this.#state);
      if (reason !== undefined) throw call.error(`${reason}; ${start} of ${bytes.length} bytes were sent`);
      this.send(bytes.subarray(start, start + slice));
    }
  }
  /** Reads no more: the other end meets back-pressure once the buffers between are full. */
  pause(): void {
    this.#socket.pause();
  }
  resume(): void {
    this.#socket.resume();
  }
  /** FIN, after all that was sent. */
  end(): void {
    if (this.#state.isWriteEnded || this.#state.isClosed) return;
    this.#state.isWriteEnded = true;
    this.recorder.call('shutdown', { text: 'SHUT_WR' });
    this.#socket.end();
  }
  /** RST: what has not left yet is dropped. */
  reset(): void {
    if (this.#state.isClosed) return;
    this.#state.isClosed = true;
    this.recorder.call('reset');
    this.#socket.resetAndDestroy();
    this.#waiting.wake();
  }
  /** Closes it, whatever the other end does; nothing is said of it. */
  destroy(): void {
    if (this.#state.isClosed) return;
    this.#state.isClosed = true;
    this.recorder.call('close');
    this.#socket.destroy();
    this.#waiting.wake();
  }

  /** Whether the condition comes to hold within the time. @internal For the matchers. */
  async settles(condition: () => boolean, isHopeless: () => boolean, timeout: Milliseconds): Promise<boolean> {
    const look = (): boolean | undefined => {
      if (condition()) return true;
      return isHopeless() || this.#state.isClosed ? false : undefined;
    };
    return await this.#waiting.until(new Call(this.settles), timeout, look, () => '').catch(() => condition());
  }

  #ended(call: Call, ending: 'fin' | 'reset', timeout: Milliseconds): Promise<true> {
    const look = () => this.#state.ending === ending || whyNotEnded(this.#state, ending);
    return this.#waiting.until(call, timeout, look, () => `expected ${NAMES[ending]}, and the stream is open`);
  }
  async #run<T>(title: string, call: Call, run: () => Promise<T>): Promise<T> {
    return await this.#step(
      `${this.kind} ${formatEndpoint(this.remote.host, this.remote.port)}: ${title}`,
      call.site,
      run,
    );
  }

  #onEnd(): void {
    this.#state.ending = 'fin';
    this.recorder.moved('recv', 'received', NOTHING);
    if (!this.#state.isHalfOpen) this.end();
    this.#waiting.wake();
  }
  #onReset(): void {
    if (this.#state.isClosed || this.#state.ending === 'reset') return;
    this.#state.ending = 'reset';
    this.recorder.moved('recv', 'received', NOTHING, { error: 'ECONNRESET' });
    this.#waiting.wake();
  }
  #onClose(): void {
    if (!this.#state.isClosed && this.#state.ending !== 'reset') this.recorder.call('close');
    this.#waiting.wake();
  }
}

const NOTHING = new Uint8Array();
/** The longest that a timer takes. */
const NEVER: Milliseconds = 2_147_483_647;
