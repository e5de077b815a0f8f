import type { TokenBucket } from '../../../protocol/token-bucket.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { timerClock } from '../../shared/timer-clock.ts';
import type { Connection } from '../connection/connection.ts';
import type { TabChange, TabSession } from '../extension.ts';
import type { GatewaySession } from '../session/session.ts';

/** Served by a WebSocket, or kept until its browser comes back. */
export type SessionState =
  | { readonly is: 'attached'; readonly connection: Connection }
  | { readonly is: 'absent'; readonly since: Milliseconds };

export type SessionEntry = {
  readonly session: GatewaySession;
  /** Of a program: the session of the page that it runs in. */
  readonly page: string | undefined;
  /** Name of the lab server that a first visit goes to, as its page was told. */
  readonly first: string;
  /** Where it comes from, as far as that can be told: a class behind one router shares one address. */
  readonly network: string;
  readonly arrivedAt: Milliseconds;
  readonly resumes: TokenBucket;
  /** Of a program that has ended; what it sent may still be on its way. */
  isRetired: boolean;
  state: SessionState;
};

export type SessionDirectoryOptions = {
  readonly onTab: (session: TabSession, change: TabChange) => void;
  /** The programs of a page. */
  readonly programsOf: (page: string) => readonly SessionEntry[];
};

/** A session without a WebSocket keeps its sockets for the grace period; after a redial more, 5 s × 1.5 (R9), of 120 s, it ends. */
const REDIAL_SHARE = 1 / 16;

/** The sessions of one gateway, by id: which WebSocket serves each, and since when one has none. */
export class SessionDirectory {
  readonly #options: SessionDirectoryOptions;
  readonly #entries = new Map<string, SessionEntry>();

  constructor(options: SessionDirectoryOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }
  get(id: string): SessionEntry | undefined {
    return this.#entries.get(id);
  }
  values(): IterableIterator<SessionEntry> {
    return this.#entries.values();
  }
  /** A copy: sessions may end while it is walked. */
  all(): SessionEntry[] {
    return [...this.#entries.values()];
  }
  count(state: SessionState['is']): number {
    let count = 0;
    for (const entry of this.#entries.values()) if (entry.state.is === state) count += 1;
    return count;
  }

  /** A new session, whose WELCOME comes next. */
  add(entry: Omit<SessionEntry, 'state' | 'isRetired' | 'arrivedAt'>): SessionEntry {
    const now = timerClock.now();
    const added: SessionEntry = { ...entry, arrivedAt: now, isRetired: false, state: { is: 'absent', since: now } };
    this.#entries.set(entry.session.id, added);
    return added;
  }
  attach(entry: SessionEntry, connection: Connection): void {
    entry.state = { is: 'attached', connection };
  }
  /** Nothing more of the WebSocket that serves it is processed. */
  fence(entry: SessionEntry): void {
    connectionOf(entry)?.fence();
  }
  /** The WebSocket has closed. Of a session that another one serves by now nothing changes. */
  onLost(connection: Connection): void {
    const entry = connection.session && this.#entries.get(connection.session.id);
    if (!entry || connectionOf(entry) !== connection) return;
    entry.session.reliable.detach();
    entry.state = { is: 'absent', since: timerClock.now() };
    this.#options.onTab(entry.session, 'detached');
  }

  /** The session is over: its sockets are reset, and the programs of a page end with it. */
  end(session: GatewaySession): void {
    if (!this.#entries.delete(session.id)) return;
    session.end();
    this.#options.onTab(session, 'out');
    for (const program of this.#options.programsOf(session.id)) this.dismiss(program);
  }
  /** Ends a session and its WebSocket, without a word: nobody reads it. */
  dismiss(entry: SessionEntry): void {
    this.fence(entry);
    this.end(entry.session);
  }
  /** Ends those that have been absent for longer than the grace period. */
  endAbsent(grace: Milliseconds): void {
    const now = timerClock.now();
    for (const { session, state } of this.all()) {
      if (state.is === 'absent' && now - state.since > grace * (1 + REDIAL_SHARE)) this.end(session);
    }
  }
}

/** The WebSocket that serves the session. */
export function connectionOf({ state }: Pick<SessionEntry, 'state'>): Connection | undefined {
  return state.is === 'attached' ? state.connection : undefined;
}
