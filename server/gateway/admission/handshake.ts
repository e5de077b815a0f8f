import { randomBytes } from 'node:crypto';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { type Hello, PROTOCOL_VERSION } from '../../../protocol/messages/session.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { Connection } from '../connection/connection.ts';
import type { GatewayLimits } from '../limits.ts';
import { Tab } from '../session/tab.ts';
import type { Turns } from '../session/turns.ts';
import type { Admission } from './admission.ts';
import type { Programs } from './programs.ts';
import { whoGivesWay } from './seats.ts';
import { isSameSecret } from './secret.ts';
import { connectionOf, type SessionDirectory, type SessionEntry } from './session-directory.ts';

/** A session to be created: a page's, or that of a program of a page. */
export type NewSession = {
  readonly id: string;
  readonly network: string;
  readonly page: string | undefined;
  readonly tab: Tab;
};

export type HandshakeOptions = {
  readonly limits: GatewayLimits;
  readonly node: string;
  /** It serves alone: a session of another node is gone. */
  readonly isOnlyNode: boolean;
  /** What HELLO must carry, where the instructor has set one. */
  readonly token?: string | undefined;
  readonly admission: Admission;
  readonly directory: SessionDirectory;
  readonly programs: Programs<SessionEntry>;
  readonly turns: Turns;
  readonly create: (session: NewSession) => SessionEntry;
  /** Sends WELCOME. `received`: the last frame that the browser has. */
  readonly welcome: (
    connection: Connection,
    entry: SessionEntry,
    status: 'new' | 'resumed' | 'gone',
    received: number,
  ) => void;
};

/** Where a HELLO comes from, and which node it was sent to. */
export type Origin = { readonly network: string; readonly node: string | undefined };

/** From HELLO to WELCOME: a new session, one that goes on, or a program's; or why not. */
export class Handshake {
  readonly #options: HandshakeOptions;

  constructor(options: HandshakeOptions) {
    this.#options = options;
  }

  /** How long a HELLO waits before it is looked at. One with the session's secret is no guess. */
  delay({ ticket, resume, token }: Hello, network: string): Milliseconds {
    const { admission, directory, token: own } = this.#options;
    if (own === undefined || ticket) return 0;
    const entry = resume && directory.get(resume.session);
    if (entry && resume && token !== undefined && isSameSecret(resume.secret, entry.session.secret)) return 0;
    return admission.wrong.wait(network);
  }

  /** @throws {PlaygroundError} VERSION_UNSUPPORTED, WRONG_NODE, TOKEN_INVALID, TICKET_INVALID, SESSION_LIMIT, FRAME_RATE_EXCEEDED, ACK_INVALID */
  take(connection: Connection, hello: Hello, { network, node }: Origin): void {
    assertVersion(hello);
    this.#assertNode(node);
    const { token, resume, ticket } = hello;
    if (ticket) {
      this.#onProgram(connection, ticket, network);
      return;
    }
    const { admission, directory, limits, token: own, create, turns, welcome } = this.#options;
    if (own !== undefined && !isSameSecret(token ?? '', own)) {
      admission.wrong.charge(network);
      throw new PlaygroundError('TOKEN_INVALID', 'not the token of this playground');
    }
    const entry = resume && directory.get(resume.session);
    if (entry && resume) {
      if (entry.page !== undefined || !isSameSecret(resume.secret, entry.session.secret)) {
        admission.wrong.charge(network);
        throw new PlaygroundError('TOKEN_INVALID', 'not the secret of this session');
      }
      this.#resume(connection, entry, resume.received);
      return;
    }
    admission.assertNew(network); // a session that goes on pays nothing: a whole class may have lost its network at once
    this.#makeRoom(network);
    const tab = new Tab(limits, turns);
    const made = create({ id: randomBytes(16).toString('hex'), network, page: undefined, tab });
    welcome(connection, made, resume ? 'gone' : 'new', 0);
  }

  /** The session may still be where it was: it is not begun anew here. */
  #assertNode(node: string | undefined): void {
    const { node: own, isOnlyNode } = this.#options;
    if (node === undefined || node === own || isOnlyNode) return;
    throw new PlaygroundError('WRONG_NODE', `this is ${own}`);
  }

  /** Its page has been let in: what the program opens is counted as the page's. */
  #onProgram(connection: Connection, { ticket, received }: NonNullable<Hello['ticket']>, network: string): void {
    const { admission, programs, create, welcome } = this.#options;
    const admitted = programs.admit(ticket);
    if (!admitted) {
      admission.wrong.charge(network);
      throw new PlaygroundError('TICKET_INVALID', 'a ticket that is not, or no longer, good');
    }
    const { id, page, program } = admitted;
    if (program) {
      this.#resume(connection, program, received);
      return;
    }
    const { session } = page;
    const made = create({ id, network, page: session.id, tab: session.tab });
    welcome(connection, made, received > 0 ? 'gone' : 'new', 0);
  }
  #resume(connection: Connection, entry: SessionEntry, received: number): void {
    const { admission, directory, welcome } = this.#options;
    if (!entry.session.reliable.canResumeFrom(received)) {
      // A HELLO that a later one has overtaken: the WebSocket that serves the session now goes on.
      throw new PlaygroundError('ACK_INVALID', `seq ${received} is no longer kept`);
    }
    admission.assertResume(entry); // a replay costs much
    directory.fence(entry); // before `received` is read: what the old WebSocket still brings must not count
    welcome(connection, entry, 'resumed', received);
  }

  /** At the limit one session ends for a newcomer, if one may (seats.ts). @throws {PlaygroundError} SESSION_LIMIT */
  #makeRoom(newcomer: string): void {
    const { directory, limits } = this.#options;
    const { sessions: seats } = limits;
    if (directory.size < seats) return;
    const pages = directory.all().filter(({ page }) => page === undefined);
    if (pages.length < seats) return;
    const seated = pages.map((entry) => ({
      entry,
      network: entry.network,
      isAttached: entry.state.is === 'attached',
      sockets: entry.session.tab.socketCount,
      hasOpened: entry.session.hasOpened,
      arrivedAt: entry.arrivedAt,
      detachedAt: entry.state.is === 'absent' ? entry.state.since : 0,
    }));
    const given = whoGivesWay(seated, newcomer, seats)?.entry;
    const error = new PlaygroundError('SESSION_LIMIT', `${seats} sessions`);
    if (!given) throw error;
    const connection = connectionOf(given);
    directory.end(given.session);
    connection?.close(error);
  }
}

function assertVersion({ version }: Hello): void {
  if (version === PROTOCOL_VERSION) return;
  throw new PlaygroundError('VERSION_UNSUPPORTED', `version ${version}, ${PROTOCOL_VERSION} spoken here`);
}
