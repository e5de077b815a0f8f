import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../../../protocol/clock.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { Trouble } from '../../../../protocol/messages/options.ts';
import type { ByteCount, Milliseconds } from '../../../../protocol/units.ts';
import { type Faults, FaultyPipe } from '../../../faults/faulty-pipe.ts';
import type { Toxic } from '../../../faults/toxic.ts';
import { bandwidth, latency, limitData, slicer, slowClose, truncate } from '../../../faults/toxics.ts';
import { abort } from '../../../shared/reset.ts';
import type { SideWork } from '../../../shared/side-work.ts';
import { timerClock } from '../../../shared/timer-clock.ts';
import type { StreamHost } from '../stream-host.ts';

/** What one direction holds before its sender is no longer read. */
const HELD_BYTES: ByteCount = 65_536;
/** So far apart that each is a recv(2) of its own. */
const SLICE_INTERVAL: Milliseconds = 10;
/** How long, after the learner's socket is closed, the last bytes have to reach a target that does not close. */
const LINGER: Milliseconds = 30_000;
/** Timers that one direction may have under way for its slices. */
const SLICES_HELD = 1_024;

/** A write(2) and what comes of it in the kernel: measured roughly. */
const WRITE_WORK: Milliseconds = 0.02;

/** What it needs of the stream that it stands before. */
export type ProxyPort = Pick<StreamHost, 'guard'> & {
  readonly sideWork: SideWork;
  /** Nothing is left of it. */
  readonly onClosed: () => void;
};

/** One end of the proxied connection, and what goes on to it. */
type Leg = { readonly socket: Socket; readonly pipe: FaultyPipe };

/**
 * A TCP proxy for one connection: it listens on loopback until the learner's socket is there, takes nobody else, and goes
 * with it. The connection to the target exists already and has passed the policy.
 */
export class TroubledProxy {
  readonly endpoint: Endpoint;
  readonly #server: Server;
  readonly #target: Leg;
  #client: Leg | undefined;
  #trouble: Trouble;
  #admitted: Endpoint | undefined;
  #callers: Socket[] = [];
  #isClosing = false;
  #isOver = false;
  /** The learner's socket is closed: nobody reads what is still to come back. */
  #isUnread = false;
  #cancelLinger: (() => void) | undefined;
  readonly #session: ProxyPort;

  private constructor(server: Server, target: Socket, trouble: Trouble, session: ProxyPort) {
    this.#server = server;
    this.#session = session;
    this.#trouble = trouble;
    const { address, port } = server.address() as AddressInfo;
    this.endpoint = { host: address, port };
    this.#target = { socket: target, pipe: this.#pipeTo(target, () => this.#client?.socket) };
    this.#listen(target, () => this.#client?.pipe);
    server.on('connection', (socket) => this.#onCaller(socket));
    // A listener that cannot accept leaves the learner's connect to time out.
    server.on('error', () => undefined);
  }

  /** `target` is connected and paused. @throws {Error} the system's, if it cannot listen */
  static async open(target: Socket, trouble: Trouble, session: ProxyPort): Promise<TroubledProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen({ host: '127.0.0.1', port: 0, backlog: 1, exclusive: true }, resolve);
    await promise;
    server.off('error', reject);
    return new TroubledProxy(server, target, trouble, session);
  }

  /** The learner's socket is connected, from this address: whoever else came is turned away. */
  admit(local: Endpoint): void {
    this.#admitted = local;
    for (const caller of this.#callers.splice(0)) this.#onCaller(caller);
  }

  /** Bytes that are under way meet the new trouble; counts begin anew. */
  setTrouble(trouble: Trouble): void {
    this.#trouble = trouble;
    const { direction = 'down' } = trouble;
    const faults = faultsOf(trouble);
    this.#target.pipe.set(direction === 'down' ? NO_FAULTS : faults);
    this.#client?.pipe.set(direction === 'up' ? NO_FAULTS : faults);
  }

  /**
   * What was sent still arrives, and the target's FIN is the end of it all. Bytes of the target's are answered as a
   * kernel answers those for a closed socket: by RST.
   */
  onLearnerClosed(): void {
    if (this.#isOver || this.#isUnread) return;
    this.#isUnread = true;
    this.#cancelLinger = timerClock.after(LINGER, () => this.close());
    const { socket } = this.#target;
    if (!this.#client || socket.destroyed) {
      this.close();
      return;
    }
    this.#client.pipe.stop();
    this.#client.socket.end();
    socket.resume();
  }

  /** RST to both ends, where they are still there. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelLinger?.();
    this.#server.close();
    this.#target.pipe.stop();
    this.#client?.pipe.stop();
    for (const caller of this.#callers) caller.destroy();
    for (const socket of [this.#target.socket, this.#client?.socket]) if (socket) abort(socket);
    this.#session.onClosed();
  }

  #onCaller(socket: Socket): void {
    if (!this.#admitted) {
      socket.on('error', () => undefined);
      this.#callers.push(socket);
      return;
    }
    const { host, port } = this.#admitted;
    if (this.#isOver || this.#client || socket.remoteAddress !== host || socket.remotePort !== port) {
      socket.on('error', () => undefined);
      abort(socket);
      return;
    }
    this.#server.close();
    this.#client = { socket, pipe: this.#pipeTo(socket, () => this.#target.socket) };
    this.setTrouble(this.#trouble);
    this.#listen(socket, () => this.#target.pipe);
    socket.resume();
    this.#target.socket.resume();
  }

  #pipeTo(to: Socket, from: () => Socket | undefined): FaultyPipe {
    const pipe: FaultyPipe = new FaultyPipe(
      {
        write: (bytes) => {
          this.#session.sideWork.spend(WRITE_WORK);
          if (to.writable) to.write(bytes);
          mind();
        },
        end: () => void to.end(),
        close: () => this.#end(),
        reset: () => this.close(),
      },
      { clock: this.#clock, random: Math.random },
    );
    const mind = (): void => {
      const source = from();
      if (source?.isPaused() && pipe.weight + to.writableLength < HELD_BYTES) source.resume();
    };
    to.on('drain', mind);
    return pipe;
  }

  /** Of the faults: what is due waits for the tab's turn. */
  get #clock(): Clock {
    const { guard, sideWork } = this.#session;
    return {
      now: timerClock.now,
      after: (delay, run) => {
        const guarded = (): void => guard(run);
        let cancel = timerClock.after(delay, () => {
          if (sideWork.mayGoOn) guarded();
          else cancel = sideWork.whenMayGoOn(guarded);
        });
        return () => cancel();
      },
    };
  }

  #listen(from: Socket, pipe: () => FaultyPipe | undefined): void {
    from.on('data', (bytes) => this.#session.guard(() => this.#onData(from, bytes, pipe())));
    from.on('end', () => pipe()?.end());
    from.on('error', () => this.close()); // ECONNRESET goes on as one
    from.on('close', () => {
      const isLearnerDone = this.#isUnread || this.#client?.socket.destroyed !== false;
      if (this.#target.socket.destroyed && isLearnerDone) this.close();
    });
  }

  #onData(from: Socket, bytes: Buffer, onward: FaultyPipe | undefined): void {
    if (this.#isUnread && from === this.#target.socket) {
      this.#onUnread();
      return;
    }
    if (this.#isClosing || !onward) return;
    onward.write(bytes);
    const to = onward === this.#target.pipe ? this.#target.socket : this.#client?.socket;
    if (onward.weight + (to?.writableLength ?? 0) >= HELD_BYTES) from.pause();
  }

  /** Bytes for a learner's socket that is closed: RST, but not before the target has all that it sent. */
  #onUnread(): void {
    const { pipe, socket } = this.#target;
    if (pipe.held === 0 && socket.writableFinished) this.close();
  }

  /** FIN to both. What they still send is read and forgotten: a close(2) with bytes unread would be a reset. */
  #end(): void {
    this.#isClosing = true;
    for (const socket of [this.#target.socket, this.#client?.socket]) {
      socket?.end();
      socket?.resume();
    }
  }
}

const NO_FAULTS: Faults = { toxics: [], window: HELD_BYTES };

function faultsOf({ latency: delay, jitter, slice, bandwidth: rate, limit, reset, slowClose: late }: Trouble): Faults {
  const toxics: Toxic[] = [];
  if (delay !== undefined || jitter !== undefined) toxics.push(latency(delay ?? 0, jitter ?? 0));
  if (rate !== undefined) toxics.push(bandwidth(rate));
  if (slice !== undefined) toxics.push(slicer(slice, 0, SLICE_INTERVAL));
  if (late !== undefined) toxics.push(slowClose(late));
  if (reset !== undefined) toxics.push(truncate(reset));
  if (limit !== undefined) toxics.push(limitData(limit));
  const window = Math.min(HELD_BYTES, (slice ?? HELD_BYTES) * SLICES_HELD, Math.max(SLICES_HELD, rate ?? HELD_BYTES));
  return { toxics, window };
}
