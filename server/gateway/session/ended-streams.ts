import type { KernelState } from '../../../protocol/messages/stats.ts';
import type { Kernel } from '../streams/environment.ts';
import type { GatewayStream } from '../streams/gateway-stream.ts';
import type { Lingering } from '../streams/lingering.ts';

/** Of how many streams it is remembered that they were. */
const KEPT = 32;
/** A connection that the kernel has forgotten. */
const CLOSED: Omit<KernelState, 'stream'> = { state: 'CLOSED', receiveQueue: 0, sendQueue: 0 };

/** What goes on after a stream of one session has ended: the program at its other end, and the kernel's TIME-WAIT. */
export class EndedStreams {
  readonly #kernel: Kernel;
  /** The whole tab's. */
  readonly #lingering: Lingering;
  readonly #own = new Set<GatewayStream>();
  /** Connections whose sockets have been closed, as far as the kernel may still know them. */
  readonly #ends = new Map<number, NonNullable<GatewayStream['ends']>>();

  constructor(kernel: Kernel, lingering: Lingering) {
    this.#kernel = kernel;
    this.#lingering = lingering;
  }

  /** `onGone` runs when nothing of it is left, which may be now. */
  add(stream: GatewayStream, onGone: () => void): void {
    if (stream.ends) this.#remember(stream.id, stream.ends);
    if (!stream.isLingering) {
      onGone();
      return;
    }
    this.#own.add(stream);
    this.#lingering.add(stream, () => {
      this.#own.delete(stream);
      onGone();
    });
  }
  /** Something that this stream had set in motion has ended. */
  onLingered(stream: GatewayStream): void {
    if (!stream.isLingering) this.#lingering.delete(stream);
  }
  /** The kernel keeps a connection for a while after its socket was closed; CLOSED is told once. */
  kernelState(stream: number): Omit<KernelState, 'stream'> | undefined {
    const ends = this.#ends.get(stream);
    if (!ends) return undefined;
    const state = this.#kernel.closedStateOf(ends.local, ends.remote);
    if (!state) this.#ends.delete(stream);
    return state ?? CLOSED;
  }
  /** The session is over: nobody is at this end of these connections any more. */
  clear(): void {
    for (const stream of [...this.#own]) this.#lingering.end(stream);
  }

  #remember(stream: number, ends: NonNullable<GatewayStream['ends']>): void {
    this.#ends.set(stream, ends);
    const [oldest] = this.#ends.keys();
    if (this.#ends.size > KEPT && oldest !== undefined) this.#ends.delete(oldest);
  }
}
