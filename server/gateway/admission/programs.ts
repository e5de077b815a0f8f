import { randomBytes } from 'node:crypto';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { type CallOutcome, EndCall, TicketCall } from '../../../protocol/messages/calls.ts';
import { createCall, type GatewayExtension } from '../extension.ts';
import type { GatewaySession } from '../session/session.ts';
import { Tickets } from './tickets.ts';

export type HeldSession = {
  readonly session: GatewaySession;
  /** Of a program: the session of the page that it runs in. */
  readonly page: string | undefined;
  /** The program has ended; what it sent may still be on its way. */
  isRetired: boolean;
};

/** All sessions of the gateway. */
type Sessions<Held> = {
  readonly get: (id: string) => Held | undefined;
  readonly values: () => Iterable<Held>;
};

/** Programs that run in one page at a time: two panes, and what has not quite ended. */
const PROGRAMS_PER_PAGE = 8;

/** Sessions of programs: a page asks for leave, the program comes with it, and ends with its page at the latest. */
export class Programs<Held extends HeldSession> {
  readonly #sessions: Sessions<Held>;
  readonly #ofPage = new Map<string, Map<string, Held>>();
  readonly #tickets = new Tickets();
  /** Where the programs' sessions will be: this process. */
  readonly #node: string;

  constructor(sessions: Sessions<Held>, node: string) {
    this.#sessions = sessions;
    this.#node = node;
  }

  /** How it joins the gateway. */
  get extension(): GatewayExtension {
    return {
      calls: {
        ticket: createCall(TicketCall, ({ id }, { session }) => this.#ticket(id, session)),
        end: createCall(EndCall, ({ id }, { session }) => this.#end(id, session)),
      },
      onTab: ({ id, page }, change) => {
        if (change === 'new' || change === 'gone') this.#add(id, page);
        else if (change === 'out') this.#onEnded(id, page);
      },
    };
  }

  /** CALL `ticket`. @throws {PlaygroundError} UNSUPPORTED: by a program; SESSION_LIMIT */
  #ticket(caller: string, session: string | undefined): CallOutcome {
    if (this.#sessions.get(caller)?.page !== undefined) throw new PlaygroundError('UNSUPPORTED', 'ticket by a program');
    return this.#issue(caller, this.#programOf(caller, session));
  }
  /** CALL `end`. @throws {PlaygroundError} UNSUPPORTED: a program names a session */
  #end(caller: string, session: string | undefined): CallOutcome {
    const own = this.#sessions.get(caller);
    if (own?.page !== undefined) {
      if (session !== undefined) throw new PlaygroundError('UNSUPPORTED', 'end of another session by a program');
      own.isRetired = true; // it closes its sockets itself, and what it has sent still goes out
      return {};
    }
    if (session !== undefined) this.#tickets.revoke(caller, session);
    const program = this.#programOf(caller, session);
    if (program) {
      program.isRetired = true;
      program.session.retire();
    }
    return {};
  }

  /** Undefined: the ticket is not, or no longer, good. @throws {PlaygroundError} SESSION_LIMIT */
  admit(ticket: string): { readonly id: string; readonly page: Held; readonly program: Held | undefined } | undefined {
    const leave = this.#tickets.take(ticket);
    const page = leave && this.#sessions.get(leave.page);
    if (!page) return undefined;
    const program = this.#sessions.get(leave.program);
    if (!program) this.#assertRoom(leave.page); // tickets for more of them may have been issued before the first came
    return { id: leave.program, page, program };
  }

  of(page: string): readonly Held[] {
    return [...(this.#ofPage.get(page)?.values() ?? [])];
  }
  /** Those of which nothing is left. */
  sweep(): Held[] {
    this.#tickets.sweep();
    return [...this.#sessions.values()].filter(({ isRetired, session }) => isRetired && session.streamCount === 0);
  }

  /** Another page's session counts as none: no answer tells whether there is one. */
  #programOf(page: string, session: string | undefined): Held | undefined {
    const held = session === undefined ? undefined : this.#sessions.get(session);
    return held?.page === page ? held : undefined;
  }
  #add(id: string, page: string | undefined): void {
    const held = this.#sessions.get(id);
    if (page === undefined || !held) return;
    const programs = this.#ofPage.get(page) ?? new Map();
    this.#ofPage.set(page, programs.set(id, held));
  }
  #onEnded(id: string, page: string | undefined): void {
    if (page === undefined) {
      this.#tickets.revoke(id);
      return;
    }
    this.#tickets.revoke(page, id);
    const programs = this.#ofPage.get(page);
    programs?.delete(id);
    if (programs?.size === 0) this.#ofPage.delete(page);
  }
  #assertRoom(page: string): void {
    let running = 0;
    for (const { isRetired } of this.of(page)) if (!isRetired) running += 1;
    if (running >= PROGRAMS_PER_PAGE) throw new PlaygroundError('SESSION_LIMIT', `${PROGRAMS_PER_PAGE} programs`);
  }
  #issue(page: string, program: Held | undefined): CallOutcome {
    if (!program) this.#assertRoom(page);
    const session = program?.session.id ?? randomBytes(16).toString('hex');
    return { session, ticket: this.#tickets.issue(page, session), node: this.#node };
  }
}
