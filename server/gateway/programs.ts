import { randomBytes } from 'node:crypto';
import { PlaygroundError } from '../../protocol/errors.ts';
import type { SocketCall } from '../../protocol/messages.ts';
import type { GatewaySession } from './session.ts';
import type { CallOutcome } from './socket-calls.ts';
import { Tickets } from './tickets.ts';

export type HeldSession = {
  readonly session: GatewaySession;
  /** Of a program: the session of the page that it runs in. */
  readonly page: string | undefined;
  /** The program has ended; what it sent may still be on its way. */
  isRetired: boolean;
};

/** Programs that run in one page at a time: two panes, and what has not quite ended. */
const PROGRAMS_PER_PAGE = 8;

/** Sessions of programs: a page asks for leave, the program comes with it, and ends with its page at the latest. */
export class Programs<Held extends HeldSession> {
  readonly #sessions: ReadonlyMap<string, Held>;
  readonly #tickets = new Tickets();

  constructor(sessions: ReadonlyMap<string, Held>) {
    this.#sessions = sessions;
  }

  /** CALL `ticket` and `end`; undefined: another call. @throws {PlaygroundError} UNSUPPORTED, TICKET_INVALID, SESSION_LIMIT */
  call(caller: string, { call, session }: SocketCall): CallOutcome | undefined {
    if (call !== 'ticket' && call !== 'end') return undefined;
    const own = this.#sessions.get(caller);
    if (own?.page !== undefined) {
      if (call === 'ticket' || session !== undefined) throw new PlaygroundError('UNSUPPORTED', `${call} by a program`);
      own.isRetired = true; // it closes its sockets itself, and what it has sent still goes out
      return {};
    }
    if (call === 'ticket') return this.#issue(caller, this.#programOf(caller, session));
    const program = this.#programOf(caller, session);
    if (session !== undefined) this.#tickets.revoke(session);
    if (program) {
      program.isRetired = true;
      program.session.retire();
    }
    return {};
  }

  /** Undefined: the ticket is not, or no longer, good. */
  admit(ticket: string): { readonly id: string; readonly page: Held; readonly program: Held | undefined } | undefined {
    const leave = this.#tickets.take(ticket);
    const page = leave && this.#sessions.get(leave.page);
    return page && { id: leave.program, page, program: this.#sessions.get(leave.program) };
  }

  of(page: string): Held[] {
    return [...this.#sessions.values()].filter((held) => held.page === page);
  }
  onEnded(session: string): void {
    this.#tickets.revoke(session);
  }
  /** Those of which nothing is left. */
  sweep(): Held[] {
    this.#tickets.sweep();
    return [...this.#sessions.values()].filter(({ isRetired, session }) => isRetired && session.streamCount === 0);
  }

  #programOf(page: string, session: string | undefined): Held | undefined {
    const held = session === undefined ? undefined : this.#sessions.get(session);
    if (held && held.page !== page) throw new PlaygroundError('TICKET_INVALID', 'no program of this page');
    return held;
  }
  #issue(page: string, program: Held | undefined): CallOutcome {
    const running = this.of(page).filter(({ isRetired }) => !isRetired).length;
    if (!program && running >= PROGRAMS_PER_PAGE) {
      throw new PlaygroundError('SESSION_LIMIT', `${PROGRAMS_PER_PAGE} programs`);
    }
    const session = program?.session.id ?? randomBytes(16).toString('hex');
    return { session, ticket: this.#tickets.issue(page, session) };
  }
}
