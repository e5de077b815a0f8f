import { PlaygroundError } from '../../../protocol/errors.ts';
import type { DatagramState, KernelState, PeerState } from '../../../protocol/messages/stats.ts';
import type { Environment } from '../streams/environment.ts';
import type { GatewayStream } from '../streams/gateway-stream.ts';
import type { SocketAccount } from '../streams/stream-host.ts';
import { EndedStreams } from './ended-streams.ts';
import type { OpenCounts, Tab } from './tab.ts';

export type StreamTableOptions = Pick<Environment, 'kernel' | 'limits'> & {
  readonly tab: Tab;
  /** Sockets of all sessions together, ours included. */
  readonly sockets: SocketAccount;
};

/** The sockets of one session, by the number of their stream, and what goes on after they have ended. */
export class StreamTable {
  readonly #options: StreamTableOptions;
  readonly #streams = new Map<number, GatewayStream>();
  readonly #ended: EndedStreams;
  /** Accepted connection → the listener that accepted it. */
  readonly #acceptedBy = new Map<number, number>();
  #nextEven = 2;

  constructor(options: StreamTableOptions) {
    this.#options = options;
    this.#ended = new EndedStreams(options.kernel, options.tab.lingering);
  }

  get size(): number {
    return this.#streams.size;
  }
  get(id: number): GatewayStream | undefined {
    return this.#streams.get(id);
  }
  all(): Iterable<GatewayStream> {
    return this.#streams.values();
  }
  counts(): OpenCounts {
    let listeners = 0;
    for (const { kind } of this.#streams.values()) if (kind === 'listen') listeners += 1;
    return { listeners, connections: this.#streams.size - listeners - this.#acceptedBy.size };
  }
  kernelState(id: number): Omit<KernelState, 'stream'> | undefined {
    return this.#streams.get(id)?.kernelState() ?? this.#ended.kernelState(id);
  }

  /** Of the sockets at the other ends of these; of a connection that is no longer open there is none. */
  peerStates(ids: readonly number[]): PeerState[] {
    return ids.flatMap((stream) => {
      const ends = this.#streams.get(stream)?.peerEnds;
      const state = ends && this.#options.kernel.peerStateOf(ends.local, ends.remote);
      return state ? [{ stream, ...state }] : [];
    });
  }
  datagramStates(ids: readonly number[]): DatagramState[] {
    return ids.flatMap((stream) => {
      const state = this.#streams.get(stream)?.datagramState?.();
      return state ? [{ stream, ...state }] : [];
    });
  }

  add<Stream extends GatewayStream>(stream: Stream): Stream {
    this.#streams.set(stream.id, stream);
    this.#options.sockets.add(1);
    return stream;
  }

  /** A bound socket goes on as another kind of socket, under the same number. @throws {PlaygroundError} SOCKET_CLOSED: it was closed meanwhile. */
  replace(stream: GatewayStream): void {
    const bound = this.#streams.get(stream.id);
    if (bound && !bound.isOver) {
      this.#streams.set(stream.id, stream);
      return;
    }
    stream.destroy();
    throw new PlaygroundError('SOCKET_CLOSED', `stream ${stream.id} was closed`);
  }

  /** A connection that this listener accepted, under the next even number. */
  adopt(listener: number, create: (id: number) => GatewayStream): void {
    const id = this.#nextEven;
    this.#nextEven += 2;
    this.#acceptedBy.set(id, listener);
    this.add(create(id));
  }
  mayAdopt(listener: number): boolean {
    const { limits, sockets, tab } = this.#options;
    let count = 0;
    for (const acceptor of this.#acceptedBy.values()) if (acceptor === listener) count += 1;
    return count < limits.accepted && sockets.mayOpen(tab.heldCount);
  }

  onEnded(stream: GatewayStream): void {
    if (!this.#streams.delete(stream.id)) return;
    const listener = this.#acceptedBy.get(stream.id);
    this.#acceptedBy.delete(stream.id);
    // What the learner has set in motion counts until it has ended too.
    this.#ended.add(stream, () => this.#options.sockets.add(-1));
    if (listener !== undefined) this.#streams.get(listener)?.onDrain(); // it may accept one more
  }
  /** Something that outlasted the stream's own socket has ended. */
  onLingered(stream: GatewayStream): void {
    this.#ended.onLingered(stream);
  }

  /** Peers see a reset. */
  destroy(): void {
    this.#options.sockets.add(-this.#streams.size);
    for (const stream of this.#streams.values()) stream.destroy();
    this.#ended.clear();
    this.#streams.clear();
    this.#acceptedBy.clear();
  }
}
