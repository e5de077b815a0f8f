import { ExtensionSlot } from '../../client/extension-slot.ts';
import { GatewayClient } from '../../client/gateway-client.ts';
import type { Arrival, Phase } from '../../client/session.ts';
import type { ClientStream, StreamHandler } from '../../client/stream.ts';
import type { DialGateway } from '../../client/web-socket-port.ts';
import type { Clock } from '../../protocol/clock.ts';
import type { PlaygroundError } from '../../protocol/errors.ts';
import { RECEIVE_BYTES } from '../../protocol/frame.ts';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../protocol/messages/options.ts';
import type { LabServer, Welcome } from '../../protocol/messages/session.ts';
import type { Accepted, Open } from '../../protocol/messages/socket.ts';
import type { Stats } from '../../protocol/messages/stats.ts';
import type { ByteCount, Milliseconds, Port } from '../../protocol/units.ts';
import type { Direction, TraceEvent } from '../../trace/event.ts';
import { Observable } from '../../trace/observable.ts';
import { isFromOutside } from '../../trace/socket/from-outside.ts';
import type { SocketIdentity } from '../../trace/socket/socket-facts.ts';
import type { SocketKind } from '../../trace/socket.ts';
import { type RecordedHead, type SocketChange, SocketTrace } from '../../trace/socket-trace.ts';
import { TimeLine } from '../../trace/time-line.ts';
import { Announcements } from './announcements.ts';
import { anyAddress, bindOf, type ConnectKind } from './bind-address.ts';
import { Families } from './families.ts';
import { CONNECTING, type GatewayStatus } from './gateway-status.ts';
import { LiveSocket } from './live-socket.ts';

export type LabStats = Stats['lab'][number];
export type PlaygroundOptions = {
  readonly dial: DialGateway;
  readonly clock: Clock;
  readonly random: () => number;
  readonly schedule: (flush: () => void) => void;
  readonly token?: string;
  /** How many events the log of a socket keeps. */
  readonly eventsKept?: number;
  /** What a callback threw: see GatewayClientOptions. */
  readonly reportError?: (error: unknown) => void;
};

/** Recorded sockets on their way into the list, by their index. */
export type Restoring = {
  readonly addBytes: (index: number, direction: Direction, bytes: Uint8Array) => void;
  readonly addEvents: (index: number, events: readonly TraceEvent[]) => void;
  readonly show: () => readonly SocketTrace[];
};

/** Room for any datagram. */
const DATAGRAM_SIZE: ByteCount = 65_536;

/** The target of a recorded socket that never had one. */
const NOWHERE: Endpoint = { host: '', port: 0 };

/** What WATCH takes. */
const WATCHED_MAX = 16;

/** The page's model: one gateway session and all of its sockets. */
export class Playground extends Observable {
  readonly client: GatewayClient;
  readonly announcements = new Announcements();
  readonly families: Families;
  /** Where a class room is told of the session. */
  readonly classroom = new ExtensionSlot();
  #sockets: readonly SocketTrace[] = [];
  #lab: readonly LabServer[] = [];
  #labStats: ReadonlyMap<string, LabStats> = new Map();
  #status: GatewayStatus = CONNECTING;
  readonly #eventsKept: number | undefined;
  /** Where the server's times are put, those that programs report too. */
  readonly line = new TimeLine();
  #nextId = 1;
  readonly #ordinals = new Map<string, number>();
  /** Accepted connections of which a client of ours may be the other end. */
  readonly #unplaced = new Set<SocketTrace>();
  readonly #onChange = (change: SocketChange, record: SocketTrace): void => {
    if (change === 'opened' || change === 'failed' || change === 'closed') this.#placeAll();
    this.announcements.add({ kind: change, record });
  };
  readonly #watches = new Set<{ readonly record: SocketTrace; readonly hasPeer: boolean }>();
  /** The streams that the gateway was asked to watch last. */
  #watched = '';

  constructor(options: PlaygroundOptions) {
    super();
    this.#eventsKept = options.eventsKept;
    this.client = new GatewayClient({
      ...options,
      extension: this.classroom,
      onTime: (now, epoch) => this.line.read(now, epoch),
      onWelcome: (welcome, arrival) => this.#onWelcome(welcome, arrival),
      onPhase: (phase, error) => this.#onPhase(phase, error),
      onLatency: (latency) => this.#setStatus({ latency }),
      onStats: (stats) => this.#onStats(stats),
    });
    this.families = new Families(this.client);
  }

  readonly sockets = (): readonly SocketTrace[] => this.#sockets;
  readonly lab = (): readonly LabServer[] => this.#lab;
  readonly labStats = (): ReadonlyMap<string, LabStats> => this.#labStats;
  readonly gateway = (): GatewayStatus => this.#status;

  /** connect(2), or for UDP bind(2) to an ephemeral port with a default destination. For `unix` the host is a path. */
  connect(kind: ConnectKind, host: string, port: Port, options?: SocketOptions): LiveSocket {
    const record = this.#create(kind, { host, port }, options, bindOf(kind, host, options));
    const target = kind === 'udp' ? anyAddress(host, options) : { host, port };
    this.#open({ kind, ...target, ...(options ? { options } : {}) }, record, record.handler());
    return record;
  }

  /** bind(2) and listen(2); port 0 lets the system pick one. */
  listen(host: string, port: Port, backlog: number, options?: SocketOptions): LiveSocket {
    const listener = this.#create('listen', { host, port }, options);
    const handler = listener.handler((stream, accepted) => this.#onAccepted(listener, stream, accepted));
    this.#open({ kind: 'listen', host, port, backlog, ...(options ? { options } : {}) }, listener, handler);
    return listener;
  }

  /**
   * What was recorded, filled part by part and then shown beside this session's sockets. It is over; its times keep their
   * place on the wall clock.
   */
  restoring(epoch: Milliseconds, heads: readonly RecordedHead[]): Restoring {
    const zero = Math.round(epoch * 1_000);
    const records = heads.map((head) => {
      const target = (head.kind === 'listen' ? undefined : head.remote) ?? head.local ?? NOWHERE;
      const record = new SocketTrace(this.#identity(head.kind, target, undefined));
      record.restore(head, zero);
      return record;
    });
    return {
      addBytes: (index, direction, bytes) => records[index]?.appendBytes(direction, bytes),
      addEvents: (index, events) => records[index]?.append(events, zero),
      show: () => {
        this.#list(records);
        this.changed();
        return records;
      },
    };
  }

  /** Takes a socket that is over out of the list. */
  remove(record: SocketTrace): void {
    if (!record.isOver) return;
    this.#sockets = this.#sockets.filter((socket) => socket !== record);
    this.changed();
  }

  /** Asks for the kernel state of a socket, after its end too, and with `hasPeer` for that of the other end, until the function that is returned is called. */
  watch(record: SocketTrace, hasPeer = false): () => void {
    const watch = { record, hasPeer };
    this.#watches.add(watch);
    this.#sendWatch();
    return () => {
      this.#watches.delete(watch);
      this.#sendWatch();
    };
  }

  #create(
    kind: SocketKind,
    target: Endpoint,
    options: SocketOptions | undefined,
    bind?: Partial<Endpoint>,
  ): LiveSocket {
    const lingerZero = options?.lingerZero ?? false;
    const isReadByHand = options?.readByHand ?? false;
    const identity = { ...this.#identity(kind, target, options), lingerZero, isReadByHand, ...(bind && { bind }) };
    const record = new LiveSocket(identity, this.#onChange);
    this.#list([record]);
    return record;
  }
  #list(records: readonly SocketTrace[]): void {
    for (const record of records) {
      let wasInferred = false;
      record.subscribe(() => {
        if (isInferred(record) !== wasInferred) {
          wasInferred = !wasInferred;
          this.#sendWatch();
        }
        this.changed();
      });
    }
    this.#sockets = [...this.#sockets, ...records];
  }
  #identity(kind: SocketKind, target: Endpoint, options: SocketOptions | undefined): SocketIdentity {
    const role = kind === 'listen' ? 'listener' : kind === 'accepted' ? 'peer' : 'client';
    const ordinal = (this.#ordinals.get(role) ?? 0) + 1;
    this.#ordinals.set(role, ordinal);
    const id = this.#nextId;
    this.#nextId += 1;
    const receiveSize = options?.receiveSize ?? (kind === 'udp' ? DATAGRAM_SIZE : RECEIVE_BYTES);
    const kept = this.#eventsKept === undefined ? {} : { eventsKept: this.#eventsKept };
    return { id, ordinal, kind, target, receiveSize, line: this.line, ...kept, ...(options && { options }) };
  }

  #open(open: Open, record: LiveSocket, handler: StreamHandler): void {
    record.attach(this.client.open(open, handler));
    this.changed();
  }

  #onAccepted(listener: LiveSocket, stream: ClientStream, { at, local, remote }: Accepted): StreamHandler {
    listener.onAccept(at, remote);
    const record = this.#create('accepted', remote, listener.isReadByHand ? { readByHand: true } : undefined);
    record.attach(stream);
    record.onAcceptedHere(at, local, remote);
    this.#unplaced.add(record);
    this.#placeAll();
    this.changed();
    this.announcements.add({ kind: 'opened', record });
    listener.driver?.onAccepted?.(record);
    return record.handler();
  }

  /** Tells each whether it came from outside, once that is known. */
  #placeAll(): void {
    for (const record of this.#unplaced) {
      const isOutside = isFromOutside(record, this.#sockets);
      if (isOutside === undefined && !record.isOver) continue;
      this.#unplaced.delete(record);
      record.onOrigin(isOutside);
    }
  }

  #onWelcome(welcome: Welcome, { away, isLost }: Arrival): void {
    this.#lab = welcome.lab;
    const { mode, queue, limits, rooms, python: hasPython = true } = welcome;
    const back = away > 0 ? { away, isLossless: !isLost } : undefined;
    this.#setStatus({ mode, queue, limits, rooms, hasPython, back, failure: undefined });
    if (back) this.announcements.add({ kind: 'back', back });
    this.#watched = ''; // what a session of before was asked for
    this.#sendWatch();
  }

  #onPhase(phase: Phase, error: PlaygroundError | undefined): void {
    const failure = error ? { code: error.code, text: error.message } : undefined;
    // Why it failed before stands until it is tried otherwise.
    this.#setStatus({ phase, ...(failure || phase === 'connecting' ? { failure } : {}) });
    this.announcements.add({ kind: 'phase', phase, isGone: error?.code === 'SESSION_GONE' });
  }

  #onStats({ at, lab, kernel, peers, datagrams = [] }: Stats): void {
    if (lab.length > 0) this.#labStats = new Map(lab.map((stats) => [stats.name, stats]));
    for (const state of kernel) {
      const record = this.#socketOf(state.stream);
      record?.onKernel(at, state);
      if (peers) record?.onPeerKernel(peers.find(({ stream }) => stream === state.stream));
    }
    for (const state of datagrams) this.#socketOf(state.stream)?.onDatagramKernel(state);
    this.changed();
  }

  #socketOf(stream: number): SocketTrace | undefined {
    return this.#sockets.find(({ streamId }) => streamId === stream);
  }
  #sendWatch(): void {
    const records = new Set([...this.#sockets.filter(isInferred), ...[...this.#watches].map(({ record }) => record)]);
    const streams = [...records].flatMap(({ streamId }) => streamId ?? []).slice(-WATCHED_MAX);
    const hasPeers = [...this.#watches].some(({ hasPeer }) => hasPeer);
    const watched = [hasPeers, ...streams].join();
    if (watched === this.#watched) return;
    this.#watched = watched;
    this.client.watch(streams, hasPeers);
  }

  #setStatus(status: Partial<GatewayStatus>): void {
    this.#status = { ...this.#status, ...status };
    this.changed();
  }
}

/** Our FIN has gone, and no call tells when it was acknowledged: only the kernel does. */
function isInferred({ isOver, state }: SocketTrace): boolean {
  return !isOver && state === 'FIN-WAIT-1';
}
