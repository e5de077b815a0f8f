import { randomBytes, randomInt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { isUnforeseen, PlaygroundError } from '../../protocol/errors.ts';
import {
  type LabServer,
  type PolicyMode,
  PROTOCOL_VERSION,
  type RoomsEntry,
  type Welcome,
} from '../../protocol/messages/session.ts';
import type { Stats } from '../../protocol/messages/stats.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import { networkOf } from '../shared/network.ts';
import { timerClock } from '../shared/timer-clock.ts';
import { Admission } from './admission/admission.ts';
import { Handshake, type NewSession } from './admission/handshake.ts';
import { Programs } from './admission/programs.ts';
import { connectionOf, SessionDirectory, type SessionEntry } from './admission/session-directory.ts';
import { Connection } from './connection/connection.ts';
import { Traffic } from './connection/traffic.ts';
import type { GatewayExtension } from './extension.ts';
import { Extensions } from './extensions.ts';
import { announcedLimits } from './limits.ts';
import { GatewaySession } from './session/session.ts';
import { SocketShares } from './session/socket-shares.ts';
import { StatsFeed } from './session/stats-feed.ts';
import { Turns } from './session/turns.ts';
import type { Environment } from './streams/environment.ts';

export type GatewayOptions = Environment & {
  readonly mode: PolicyMode;
  /** What this process is called among those that serve one playground. */
  readonly node: string;
  /** It serves alone: a session of another node is gone. */
  readonly isOnlyNode: boolean;
  /** What HELLO must carry, where the instructor has set one. */
  readonly token?: string;
  readonly lab: {
    readonly servers: readonly LabServer[];
    readonly stats: () => Stats['lab'];
    /** Name of the server that a first visit goes to. `isCrowded`: its visitors would wait for one another. */
    readonly first: (isCrowded: boolean) => string;
  };
  readonly extensions?: readonly GatewayExtension[];
  /** Shared with everything else that takes the event loop's time. */
  readonly turns?: Turns;
  /** Who may come in without a room, where there are rooms. */
  readonly rooms?: RoomsEntry;
  /** The host serves Python for the tab. */
  readonly hasPython?: boolean;
};

const SWEEP_INTERVAL: Milliseconds = 1_000;
const STATS_INTERVAL: Milliseconds = 250;
const CLOSE_DEADLINE: Milliseconds = 1_000;
/** How long a server that stops is away at least; and, so that a class does not come back at one instant, so much more at most. */
const RESTART = { shortest: 1_000, spread: 1_000 };
/** A server and its client run beside each other, and what they spend is one budget. */
const PROGRAM_SHARE = 1 / 2;

/** All sessions of one server. WebSockets come in through `connect`; HTTP is http/'s. */
export class Gateway {
  readonly traffic = new Traffic();
  readonly #options: GatewayOptions;
  readonly #directory: SessionDirectory;
  readonly #programs: Programs<SessionEntry>;
  readonly #extensions: Extensions;
  readonly #admission: Admission;
  readonly #handshake: Handshake;
  readonly #sockets: SocketShares;
  readonly #turns: Turns;
  readonly #stats: StatsFeed;
  readonly #connections = new Set<Connection>();
  readonly #timers: NodeJS.Timeout[];
  #isClosed = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#turns = options.turns ?? new Turns();
    this.#directory = new SessionDirectory({
      onTab: (session, change) => this.#extensions.onTab(session, change),
      programsOf: (page) => this.#programs.of(page),
    });
    this.#programs = new Programs(this.#directory, options.node);
    this.#extensions = new Extensions([this.#programs.extension, ...(options.extensions ?? [])]);
    this.#admission = new Admission(timerClock.now, options.limits);
    this.#handshake = new Handshake({
      limits: options.limits,
      node: options.node,
      isOnlyNode: options.isOnlyNode,
      token: options.token,
      admission: this.#admission,
      directory: this.#directory,
      programs: this.#programs,
      turns: this.#turns,
      create: (session) => this.#create(session),
      welcome: (connection, entry, status, received) => this.#welcome(connection, entry, status, received),
    });
    this.#sockets = new SocketShares(options.limits.sockets);
    this.#stats = new StatsFeed({ clock: options.clock, turns: this.#turns, labStats: options.lab.stats });
    this.#timers = [
      setInterval(() => this.#sweep(), SWEEP_INTERVAL).unref(),
      setInterval(() => this.#stats.tell(this.#directory.values()), STATS_INTERVAL).unref(),
    ];
  }

  get sessionCount(): number {
    return this.#directory.size;
  }
  /** Sessions that have a WebSocket now. */
  get attachedCount(): number {
    return this.#directory.count('attached');
  }
  get socketCount(): number {
    return this.#sockets.count;
  }
  /** Sessions that are kept for a browser that may come back. */
  get detachedCount(): number {
    return this.#directory.count('absent');
  }
  get isClosed(): boolean {
    return this.#isClosed;
  }
  /** Of the session that has most: what its browser has not acknowledged. */
  get unacknowledgedBytes(): ByteCount {
    let most = 0;
    for (const { session } of this.#directory.values()) most = Math.max(most, session.reliable.unacknowledged);
    return most;
  }

  /** A WebSocket was opened over this socket, from this address, to this node; call in the turn in which it was. */
  connect(ws: WebSocket, socket: Duplex, address: string, node?: string): void {
    if (this.#isClosed) {
      ws.terminate();
      return;
    }
    const network = networkOf(address);
    const connection = new Connection(ws, socket, {
      limits: this.#options.limits,
      traffic: this.traffic,
      turns: this.#turns,
      onRefused: (code) => this.#extensions.onRefused(code),
      helloDelay: (hello) => this.#handshake.delay(hello, network),
      onHello: (from, hello) => this.#handshake.take(from, hello, { network, node }),
      onFault: (error) => this.#extensions.onFault(error),
      onLost: (lost) => this.#directory.onLost(lost),
      onLeft: (session) => this.#directory.end(session),
    });
    this.#connections.add(connection);
    ws.once('close', () => this.#connections.delete(connection));
  }

  /** Sends GOAWAY to all and closes every socket. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    const gone = new PlaygroundError('SESSION_GONE', 'the server stops');
    for (const connection of this.#connections) {
      connection.close(gone, RESTART.shortest + randomInt(RESTART.spread));
    }
    const terminate = (): void => {
      for (const connection of this.#connections) connection.terminate();
    };
    setTimeout(terminate, CLOSE_DEADLINE).unref(); // a browser without an answer must not keep the server from stopping
    for (const { session } of this.#directory.all()) this.#directory.end(session);
  }

  #create({ id, network, page, tab }: NewSession): SessionEntry {
    const secret = randomBytes(16).toString('hex');
    const session: GatewaySession = new GatewaySession(
      { id, page, network, secret, tab },
      {
        environment: this.#options,
        extensions: this.#extensions,
        sockets: {
          count: () => this.#sockets.count,
          add: (count) => this.#sockets.add(network, count),
          mayOpen: (own) => this.#sockets.mayOpen(network, own),
        },
        onBroken: (error) => this.#onBroken(session, error),
      },
    );
    const first = this.#options.lab.first(this.#isCrowded(network));
    return this.#directory.add({ session, network, page, first, resumes: this.#admission.createResumes() });
  }
  #onBroken(session: GatewaySession, error: PlaygroundError): void {
    if (isUnforeseen(error)) this.#extensions.onFault(error);
    const entry = this.#directory.get(session.id);
    const connection = entry && connectionOf(entry);
    this.#directory.end(session);
    connection?.close(error);
  }

  /** Two windows of one address may be one person, who sees one wait for the other; more are a class (decision 017). */
  #isCrowded(network: string): boolean {
    const others = this.#directory.all().filter(({ page, state }) => page === undefined && state.is === 'attached');
    return others.length > 1 || others.some((other) => other.network !== network);
  }

  #welcome(connection: Connection, entry: SessionEntry, status: Welcome['status'], received: number): void {
    const { clock, mode, node, queues, lab, limits, rooms, hasPython = true } = this.#options;
    this.#directory.attach(entry, connection);
    const { session, page, first } = entry;
    const { id, secret, reliable } = session;
    const welcome: Welcome = {
      version: PROTOCOL_VERSION,
      status,
      session: id,
      node,
      ...(page === undefined ? { secret } : {}),
      received: reliable.received,
      now: clock.nowMicros(),
      epoch: clock.epoch,
      mode,
      queue: queues.kind,
      lab: lab.servers.map((server) => (server.name === first ? { ...server, isFirst: true } : server)),
      limits: announcedLimits(limits, page === undefined ? 1 : PROGRAM_SHARE),
      ...(rooms && { rooms }),
      ...(hasPython ? {} : { python: false }),
    };
    connection.welcome(session, welcome, received);
    this.#extensions.onTab(session, status);
    if (status === 'resumed') this.traffic.replayedFrames += reliable.unacknowledgedFrames;
    this.#stats.tellOne(entry);
  }

  #sweep(): void {
    const now = timerClock.now();
    const nowMicros = this.#options.clock.nowMicros();
    for (const connection of this.#connections) connection.sweep(now);
    for (const program of this.#programs.sweep()) this.#directory.dismiss(program);
    this.#admission.sweep();
    this.#directory.endAbsent(this.#options.limits.grace);
    for (const { session } of this.#directory.all()) session.sweep(nowMicros);
  }
}
