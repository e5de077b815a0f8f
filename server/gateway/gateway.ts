import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { isUnforeseen, PlaygroundError } from '../../protocol/errors.ts';
import {
  type Hello,
  type LabServer,
  type PolicyMode,
  PROTOCOL_VERSION,
  type Welcome,
} from '../../protocol/messages/session.ts';
import type { Stats } from '../../protocol/messages/stats.ts';
import type { TokenBucket } from '../../protocol/token-bucket.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import { networkOf } from '../shared/network.ts';
import { timerClock } from '../shared/timer-clock.ts';
import { Admission } from './admission/admission.ts';
import { type HeldSession, Programs } from './admission/programs.ts';
import { whoGivesWay } from './admission/seats.ts';
import { Connection } from './connection/connection.ts';
import { Traffic } from './connection/traffic.ts';
import { Turns } from './connection/turns.ts';
import type { GatewayExtension } from './extension.ts';
import { Extensions } from './extensions.ts';
import { announcedLimits } from './limits.ts';
import { GatewaySession } from './session/session.ts';
import { SocketShares } from './session/socket-shares.ts';
import { StatsFeed } from './session/stats-feed.ts';
import { Tab } from './session/tab.ts';
import type { Environment } from './streams/environment.ts';

export type GatewayOptions = Environment & {
  readonly mode: PolicyMode;
  /** What this process is called among those that serve one playground. */
  readonly node: string;
  /** It serves alone: whoever dials another node has a session that is no more. */
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
};

type Held = HeldSession & {
  /** Name of the lab server that a first visit goes to, as its page was told. */
  readonly first: string;
  /** Whose it is, as far as that can be told: a class behind one router shares one address. */
  readonly network: string;
  readonly arrivedAt: Milliseconds;
  readonly resumes: TokenBucket;
  connection: Connection | undefined;
  detachedAt: Milliseconds;
};

const SWEEP_INTERVAL: Milliseconds = 1_000;
const STATS_INTERVAL: Milliseconds = 250;
/** Who was away for just the grace period comes back a redial later: 5 s × 1.5 at the most (R9), of 120 s. */
const REDIAL_SHARE = 1 / 16;
const CLOSE_DEADLINE: Milliseconds = 1_000;
/** A server and its client run beside each other, and what they spend is one budget. */
const PROGRAM_SHARE = 1 / 2;

type NewSession = {
  readonly id: string;
  readonly network: string;
  readonly page: string | undefined;
  readonly tab: Tab;
};

/** All sessions of one server. Knows WebSockets, nothing of HTTP. */
export class Gateway {
  readonly traffic = new Traffic();
  readonly #options: GatewayOptions;
  readonly #sessions = new Map<string, Held>();
  readonly #programs: Programs<Held>;
  readonly #extensions: Extensions;
  readonly #admission: Admission;
  readonly #sockets: SocketShares;
  readonly #turns = new Turns();
  readonly #stats: StatsFeed;
  readonly #connections = new Set<Connection>();
  readonly #timers: NodeJS.Timeout[];
  #isClosed = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#programs = new Programs(this.#sessions, options.node);
    this.#extensions = new Extensions([this.#programs.extension, ...(options.extensions ?? [])]);
    this.#admission = new Admission(timerClock.now, options.limits);
    this.#sockets = new SocketShares(options.limits.sockets);
    this.#stats = new StatsFeed({ clock: options.clock, turns: this.#turns, labStats: options.lab.stats });
    this.#timers = [
      setInterval(() => this.#sweep(), SWEEP_INTERVAL).unref(),
      setInterval(() => this.#stats.tell(this.#sessions.values()), STATS_INTERVAL).unref(),
    ];
  }

  get sessionCount(): number {
    return this.#sessions.size;
  }
  /** Sessions that have a WebSocket now. */
  get attachedCount(): number {
    return [...this.#sessions.values()].filter(({ connection }) => connection).length;
  }
  get socketCount(): number {
    return this.#sockets.count;
  }
  /** Sessions that wait for their browser to come back. */
  get detachedCount(): number {
    let count = 0;
    for (const { connection } of this.#sessions.values()) if (!connection) count += 1;
    return count;
  }
  get isClosed(): boolean {
    return this.#isClosed;
  }
  /** Of the session that has most: what its browser has not acknowledged. */
  get unacknowledgedBytes(): ByteCount {
    let most = 0;
    for (const { session } of this.#sessions.values()) most = Math.max(most, session.reliable.unacknowledged);
    return most;
  }

  /** A WebSocket was opened over this socket, from this address, by one who looks for this node; call in the turn in which it was. */
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
      helloDelay: (hello) => this.#helloDelay(hello, network),
      onHello: (from, hello) => {
        this.#assertVersion(hello);
        this.#assertNode(node);
        this.#onHello(from, hello, network);
      },
      onFault: (error) => this.#extensions.onFault(error),
      onLost: (lost) => this.#onLost(lost),
      onLeft: (session) => this.#end(session),
    });
    this.#connections.add(connection);
    ws.once('close', () => this.#connections.delete(connection));
  }

  /** Says GOAWAY to all and closes every socket. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    const gone = new PlaygroundError('SESSION_GONE', 'the server stops');
    for (const connection of this.#connections) connection.close(gone);
    const terminate = (): void => {
      for (const connection of this.#connections) connection.terminate();
    };
    setTimeout(terminate, CLOSE_DEADLINE).unref(); // whoever does not answer must not keep the server from stopping
    for (const { session } of [...this.#sessions.values()]) this.#end(session);
  }

  #assertVersion({ version }: Hello): void {
    if (version === PROTOCOL_VERSION) return;
    throw new PlaygroundError('VERSION_UNSUPPORTED', `version ${version}, ${PROTOCOL_VERSION} spoken here`);
  }
  /** The session may still be where it was: it is not begun anew here. */
  #assertNode(node: string | undefined): void {
    const { node: own, isOnlyNode } = this.#options;
    if (node === undefined || node === own || isOnlyNode) return;
    throw new PlaygroundError('WRONG_NODE', `this is ${own}`);
  }

  #onHello(connection: Connection, { token, resume, ticket }: Hello, network: string): void {
    if (ticket) {
      this.#onProgram(connection, ticket, network);
      return;
    }
    if (this.#options.token !== undefined && !isSameSecret(token ?? '', this.#options.token)) {
      this.#admission.wrong.charge(network);
      throw new PlaygroundError('TOKEN_INVALID', 'not the token of this playground');
    }
    const held = resume && this.#sessions.get(resume.session);
    if (held && resume) {
      if (held.page !== undefined || !isSameSecret(resume.secret, held.session.secret)) {
        this.#admission.wrong.charge(network);
        throw new PlaygroundError('TOKEN_INVALID', 'not the secret of this session');
      }
      this.#resume(connection, held, resume.received);
      return;
    }
    this.#admission.assertNew(network); // who comes back pays nothing: a whole class may have lost its network at once
    this.#makeRoom(network);
    const tab = new Tab(this.#options.limits, (time) => this.#turns.spend(time));
    const made = this.#create({ id: randomBytes(16).toString('hex'), network, page: undefined, tab });
    this.#welcome(connection, made, resume ? 'gone' : 'new', 0);
  }
  /** Its page has been let in: what the program opens is counted as the page's. */
  #onProgram(connection: Connection, { ticket, received }: NonNullable<Hello['ticket']>, network: string): void {
    const admitted = this.#programs.admit(ticket);
    if (!admitted) {
      this.#admission.wrong.charge(network);
      throw new PlaygroundError('TICKET_INVALID', 'a ticket that is not, or no longer, good');
    }
    const { id, page, program } = admitted;
    if (program) {
      this.#resume(connection, program, received);
      return;
    }
    const { session } = page;
    const made = this.#create({ id, network, page: session.id, tab: session.tab });
    this.#welcome(connection, made, received > 0 ? 'gone' : 'new', 0);
  }
  #resume(connection: Connection, held: Held, received: number): void {
    if (!held.session.reliable.canResumeFrom(received)) {
      // A HELLO that a later one has overtaken: the WebSocket that serves the session now is not to suffer for it.
      throw new PlaygroundError('ACK_INVALID', `seq ${received} is no longer kept`);
    }
    this.#admission.assertResume(held); // a replay is dear
    held.connection?.fence(); // before `received` is read: what the old WebSocket still brings must not count
    this.#welcome(connection, held, 'resumed', received);
  }

  #create({ id, network, page, tab }: NewSession): Held {
    const secret = randomBytes(16).toString('hex');
    const session: GatewaySession = new GatewaySession(
      { id, page, secret, tab },
      {
        environment: this.#options,
        extensions: this.#extensions,
        sockets: {
          count: () => this.#sockets.count,
          add: (count) => this.#sockets.add(network, count),
          mayOpen: (own) => this.#sockets.mayOpen(network, own),
        },
        onBroken: (error) => {
          if (isUnforeseen(error)) this.#extensions.onFault(error);
          const connection = this.#sessions.get(id)?.connection;
          this.#end(session);
          connection?.close(error);
        },
      },
    );
    const first = this.#options.lab.first(this.#isCrowded(network));
    const held: Held = {
      session,
      network,
      page,
      first,
      arrivedAt: timerClock.now(),
      resumes: this.#admission.createResumes(),
      isRetired: false,
      connection: undefined,
      detachedAt: 0,
    };
    this.#sessions.set(id, held);
    return held;
  }

  /** Two windows of one address may be one person, who sees one wait for the other; more are a class (decision 017). */
  #isCrowded(network: string): boolean {
    const others = [...this.#sessions.values()].filter(({ page, connection }) => page === undefined && connection);
    return others.length > 1 || others.some((other) => other.network !== network);
  }

  #welcome(connection: Connection, held: Held, status: Welcome['status'], received: number): void {
    const { clock, mode, node, queues, lab, limits } = this.#options;
    held.connection = connection;
    const { id, secret, reliable } = held.session;
    const welcome: Welcome = {
      version: PROTOCOL_VERSION,
      status,
      session: id,
      node,
      ...(held.page === undefined ? { secret } : {}),
      received: reliable.received,
      now: clock.nowMicros(),
      epoch: clock.epoch,
      mode,
      queue: queues.kind,
      lab: lab.servers.map((server) => (server.name === held.first ? { ...server, isFirst: true } : server)),
      limits: announcedLimits(limits, held.page === undefined ? 1 : PROGRAM_SHARE),
    };
    connection.welcome(held.session, welcome, received);
    this.#extensions.onTab(held.session, status);
    if (status === 'resumed') this.traffic.replayedFrames += reliable.unacknowledgedFrames;
    this.#stats.tellOne(held);
  }

  /** Who comes back with a session's secret is none who guesses. */
  #helloDelay({ ticket, resume, token }: Hello, network: string): Milliseconds {
    if (this.#options.token === undefined || ticket) return 0;
    const held = resume && this.#sessions.get(resume.session);
    if (held && resume && token !== undefined && isSameSecret(resume.secret, held.session.secret)) return 0;
    return this.#admission.wrong.wait(network);
  }

  /** A full house lets somebody go before it turns a newcomer away (seats.ts). @throws {PlaygroundError} SESSION_LIMIT */
  #makeRoom(newcomer: string): void {
    const { sessions: seats } = this.#options.limits;
    if (this.#sessions.size < seats) return;
    const pages = [...this.#sessions.values()].filter(({ page }) => page === undefined);
    if (pages.length < seats) return;
    const seated = pages.map((held) => ({
      held,
      network: held.network,
      isAttached: held.connection !== undefined,
      sockets: held.session.tab.socketCount,
      hasOpened: held.session.hasOpened,
      arrivedAt: held.arrivedAt,
      detachedAt: held.detachedAt,
    }));
    const given = whoGivesWay(seated, newcomer, seats)?.held;
    const error = new PlaygroundError('SESSION_LIMIT', `${seats} sessions`);
    if (!given) throw error;
    this.#end(given.session);
    given.connection?.close(error);
  }

  #onLost(connection: Connection): void {
    const held = connection.session && this.#sessions.get(connection.session.id);
    if (held?.connection !== connection) return;
    held.session.reliable.detach();
    held.connection = undefined;
    held.detachedAt = timerClock.now();
    this.#extensions.onTab(held.session, 'detached');
  }

  #end(session: GatewaySession): void {
    if (!this.#sessions.delete(session.id)) return;
    session.end();
    this.#extensions.onTab(session, 'out');
    for (const program of this.#programs.of(session.id)) this.#dismiss(program);
  }
  /** A program's session that is no more needs no WebSocket either. */
  #dismiss({ session, connection }: Held): void {
    connection?.fence();
    this.#end(session);
  }

  #sweep(): void {
    const now = timerClock.now();
    const nowMicros = this.#options.clock.nowMicros();
    for (const connection of this.#connections) connection.sweep(now);
    for (const program of this.#programs.sweep()) this.#dismiss(program);
    this.#admission.sweep();
    for (const { session, connection, detachedAt } of [...this.#sessions.values()]) {
      if (!connection && now - detachedAt > this.#options.limits.grace * (1 + REDIAL_SHARE)) this.#end(session);
      else session.sweep(nowMicros);
    }
  }
}

/** In constant time, whatever the lengths. */
function isSameSecret(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
