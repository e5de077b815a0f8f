import { FrameType } from '../../protocol/frame.ts';
import { ManualClock } from '../../protocol/testing/manual-clock.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { ByteSequence } from '../../testing/byte-sequence.ts';
import { GatewayClient } from '../gateway-client.ts';
import type { ClientStream, StreamHandler } from '../stream.ts';
import { type FarStream, MemoryGateway } from './memory-gateway.ts';

/** How many different calls there are. */
export const CALL_KINDS = 14;
const SIZES: readonly ByteCount[] = [0, 1, 7, 300, 4_096, 4_097, 32_768, 32_769, 100_000, 400_000];
const STREAMS_MAX = 12;
const FAR_SEED = 100;

/** One stream as both ends should see it. */
type Told = {
  readonly stream: ClientStream;
  /** What `send` has taken; and what had been taken when the end came behind it. */
  sent: ByteCount;
  shutdownAt: ByteCount | undefined;
  closedAt: ByteCount | undefined;
  isReset: boolean;
  isLost: boolean;
  readonly received: Uint8Array[];
  receivedBytes: ByteCount;
  unread: ByteCount;
};

/**
 * A client whose every callback takes the next number of a script as a call to make, on any of its streams; the gateway's end sends as well, and
 * the link is cut at any time. What each end has received is compared with what the other sent.
 */
export class RandomWorld {
  readonly #clock = new ManualClock();
  readonly #gateway = new MemoryGateway(this.#clock);
  readonly #client: GatewayClient;
  readonly #told = new Map<number, Told>();
  /** What each far stream has said. */
  readonly #said = new Map<number, ByteCount>();
  readonly #script: number[];
  readonly #mayLose: boolean;
  #thrown = 0;
  #reported = 0;
  #isSettling = false;

  constructor(script: readonly number[], mayLose: boolean) {
    this.#script = [...script];
    this.#mayLose = mayLose;
    this.#client = new GatewayClient({
      dial: this.#gateway.dial,
      clock: this.#clock,
      random: () => 0.5,
      schedule: this.#gateway.schedule,
      onWelcome: () => this.#react(),
      onPhase: () => this.#react(),
      onLatency: () => this.#react(),
      onStats: () => this.#react(),
      reportError: () => {
        this.#reported += 1;
      },
    });
    this.#gateway.onData = (far, bytes) => this.#say(far, bytes.length);
    for (let count = 0; count < 3; count += 1) this.#open();
    this.#client.start();
  }

  step(step: number): void {
    const kind = step % 8;
    const amount = 1 + (step >> 3);
    if (kind <= 2) this.#gateway.step(1 + (amount % 4));
    else if (kind === 3) this.#gateway.cut();
    else if (kind === 4) this.#clock.advance(amount * 40);
    else if (kind === 5) this.#say([...this.#gateway.streams.values()].at(-1 - (amount % 3)), amount * 3_000);
    else if (kind === 6 && this.#mayLose && amount > 24) this.#gateway.forget();
    else this.#callNext();
  }

  /** The network is good from now on, all that was received is read, and the script is over. */
  settle(): void {
    this.#isSettling = true;
    for (let round = 0; round < 40; round += 1) {
      for (const told of this.#told.values()) this.#consume(told, told.unread);
      this.#clock.advance(6_000);
      this.#gateway.settle();
    }
  }

  /** What is not as it should be. */
  faults(): string[] {
    const faults = [...this.#told.values()].flatMap((told) => this.#faultsOf(told));
    if (this.#client.phase !== 'online') faults.push(`phase ${this.#client.phase}`);
    if (this.#reported !== this.#thrown) faults.push(`${this.#thrown} thrown, ${this.#reported} reported`);
    return faults;
  }

  #faultsOf(told: Told): string[] {
    const { id } = told.stream;
    const far = this.#gateway.streams.get(id);
    const isCutShort = told.isReset || told.isLost;
    const up = compare(`${id} up`, far?.bytes ?? Buffer.alloc(0), id, told.sent, isCutShort);
    const said = this.#said.get(id) ?? 0;
    const isOneWay = isCutShort || told.closedAt !== undefined;
    const down = compare(`${id} down`, Buffer.concat(told.received), FAR_SEED + id, said, isOneWay);
    const ends = [
      [FrameType.FIN, told.shutdownAt],
      [FrameType.CLOSE, told.closedAt],
    ] as const;
    const early = ends.flatMap(([type, at]) => {
      const found = far?.endedAt.get(type);
      if (found === undefined) return at === undefined || isCutShort ? [] : [`${id}: ${type} never came`];
      return found === at ? [] : [`${id}: ${type} behind ${found} bytes, not ${at}`];
    });
    return [...up, ...down, ...early];
  }

  #open(): void {
    const handler: StreamHandler = {
      onOpened: () => this.#react(),
      onSent: () => this.#react(),
      onProgress: () => this.#react(),
      onFin: () => this.#react(),
      onClosed: () => this.#react(),
      onReset: () => {
        told.isLost = true;
        this.#react();
      },
      onData: (_at, bytes) => {
        told.received.push(bytes.slice());
        told.receivedBytes += bytes.length;
        told.unread += bytes.length;
        if (this.#isSettling) this.#consume(told, told.unread);
        else this.#react();
      },
    };
    const stream = this.#client.open({ kind: 'tcp', host: '127.0.0.1', port: 2 }, handler);
    const told: Told = {
      stream,
      sent: 0,
      shutdownAt: undefined,
      closedAt: undefined,
      isReset: false,
      isLost: false,
      received: [],
      receivedBytes: 0,
      unread: 0,
    };
    this.#told.set(stream.id, told);
  }

  #react(): void {
    if (!this.#isSettling && this.#callNext() === 'throw') {
      this.#thrown += 1;
      throw new Error('of the application');
    }
  }

  /** The next call of the script; whoever runs in a callback may throw. */
  #callNext(): 'throw' | undefined {
    const next = this.#script.shift();
    if (next === undefined) return undefined;
    const choice = Math.floor(next / CALL_KINDS);
    const streams = [...this.#told.values()];
    const told = streams[choice % streams.length] as Told;
    const size = SIZES[(choice >> 4) % SIZES.length] as ByteCount;
    const kind = next % CALL_KINDS;
    if (kind <= 4) this.#send(told, size, kind);
    else if (kind === 5) this.#end(told, 'shutdownAt', () => told.stream.shutdown());
    else if (kind === 6) this.#end(told, 'closedAt', () => told.stream.close());
    else if (kind === 7 && choice % 3 === 0) this.#reset(told);
    else if (kind === 8) this.#consume(told, Math.min(told.unread, size));
    else if (kind === 9 && streams.length < STREAMS_MAX) this.#open();
    else if (kind === 10) this.#client.poke();
    else if (kind === 11) void told.stream.call({ call: 'getsockopt' });
    else if (kind === 12) this.#gateway.cut();
    else if (kind === 13) return 'throw';
    return undefined;
  }

  /** In any kind of array, which is changed as soon as `send` returns. */
  #send(told: Told, size: ByteCount, kind: number): void {
    if (!told.stream.canSend) return;
    const bytes = new ByteSequence(told.stream.id).bytes(told.sent, size);
    const room = kind === 0 ? Buffer.allocUnsafe(size) : new Uint8Array(size + 2 * kind);
    const view = room.subarray(kind, kind + size);
    view.set(bytes.subarray(0, view.length));
    told.sent += view.length;
    told.stream.send(view);
    room.fill(0xee);
  }
  #end(told: Told, which: 'shutdownAt' | 'closedAt', end: () => void): void {
    const isFirst = which === 'shutdownAt' ? told.stream.canSend : !told.stream.isOver && told.closedAt === undefined;
    if (isFirst) told[which] = told.sent; // before: what `end` calls may reset it
    end();
  }
  #reset(told: Told): void {
    if (!told.stream.isOver) told.isReset = true;
    told.stream.reset();
  }
  #consume(told: Told, count: ByteCount): void {
    told.unread -= count;
    told.stream.consume(count);
  }

  #say(far: FarStream | undefined, count: ByteCount): void {
    if (!far || far.isOver) return;
    const said = this.#said.get(far.id) ?? 0;
    this.#said.set(far.id, said + count);
    this.#gateway.say(far, new ByteSequence(FAR_SEED + far.id).bytes(said, count));
  }
}

function compare(what: string, bytes: Buffer, seed: number, sent: ByteCount, isCutShort: boolean): string[] {
  if (bytes.length > sent) return [`${what}: ${bytes.length} bytes of ${sent}`];
  if (bytes.length < sent && !isCutShort) return [`${what}: only ${bytes.length} bytes of ${sent}`];
  const expected = new ByteSequence(seed).bytes(0, bytes.length);
  return bytes.equals(expected) ? [] : [`${what}: differs at ${expected.findIndex((byte, at) => byte !== bytes[at])}`];
}
