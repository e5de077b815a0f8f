import { randomBytes } from 'node:crypto';
import type { Milliseconds } from '../../protocol/units.ts';
import { timerClock } from './timer-clock.ts';

/** A program shows its ticket as soon as it has it. */
const LIFETIME: Milliseconds = 30_000;
/** Of one page, the oldest goes first: a program that redials asks for another one each time. */
const PER_PAGE = 16;

type Ticket = { readonly page: string; readonly program: string; readonly issuedAt: Milliseconds };

/** Leave for programs of a page to have sessions of their own: each good once, for a while, for one session. */
export class Tickets {
  readonly #tickets = new Map<string, Ticket>();

  /** `page` and `program` are sessions. */
  issue(page: string, program: string): string {
    const ticket = randomBytes(16).toString('hex');
    this.#tickets.set(ticket, { page, program, issuedAt: timerClock.now() });
    const [oldest, ...others] = [...this.#tickets].filter(([, issued]) => issued.page === page);
    if (oldest && others.length >= PER_PAGE) this.#tickets.delete(oldest[0]);
    return ticket;
  }

  /** Undefined where it was never issued, has been taken or is too old. */
  take(ticket: string): Omit<Ticket, 'issuedAt'> | undefined {
    const issued = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return issued && timerClock.now() - issued.issuedAt <= LIFETIME ? issued : undefined;
  }

  /** The page, or the program, is no more. */
  revoke(session: string): void {
    for (const [ticket, { page, program }] of this.#tickets) {
      if (page === session || program === session) this.#tickets.delete(ticket);
    }
  }
  sweep(): void {
    const now = timerClock.now();
    for (const [ticket, { issuedAt }] of this.#tickets) if (now - issuedAt > LIFETIME) this.#tickets.delete(ticket);
  }
}
