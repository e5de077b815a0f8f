import { randomBytes } from 'node:crypto';
import type { Milliseconds } from '../../../protocol/units.ts';
import { timerClock } from '../../shared/timer-clock.ts';

/** A program shows its ticket as soon as it has it. */
const LIFETIME: Milliseconds = 30_000;
/** Of one page, the oldest goes first: a program that redials asks for another one each time. */
const PER_PAGE = 16;

type Ticket = { readonly page: string; readonly program: string; readonly issuedAt: Milliseconds };

/** Leave for programs of a page to have sessions of their own: each good once, for a while, for one session. */
export class Tickets {
  readonly #tickets = new Map<string, Ticket>();
  /** Of each page, oldest first: what one page does costs the same however many pages there are. */
  readonly #ofPage = new Map<string, Set<string>>();

  /** `page` and `program` are sessions. */
  issue(page: string, program: string): string {
    const ticket = randomBytes(16).toString('hex');
    const issued = this.#ofPage.get(page) ?? new Set();
    this.#ofPage.set(page, issued.add(ticket));
    this.#tickets.set(ticket, { page, program, issuedAt: timerClock.now() });
    const [oldest] = issued;
    if (oldest !== undefined && issued.size > PER_PAGE) this.#forget(oldest);
    return ticket;
  }

  /** Undefined where it was never issued, has been taken or is too old. */
  take(ticket: string): Omit<Ticket, 'issuedAt'> | undefined {
    const issued = this.#tickets.get(ticket);
    this.#forget(ticket);
    return issued && timerClock.now() - issued.issuedAt <= LIFETIME ? issued : undefined;
  }

  /** The program is no more; without one: the page. */
  revoke(page: string, program?: string): void {
    for (const ticket of [...(this.#ofPage.get(page) ?? [])]) {
      if (program === undefined || this.#tickets.get(ticket)?.program === program) this.#forget(ticket);
    }
  }
  sweep(): void {
    const now = timerClock.now();
    for (const [ticket, { issuedAt }] of this.#tickets) if (now - issuedAt > LIFETIME) this.#forget(ticket);
  }

  #forget(ticket: string): void {
    const page = this.#tickets.get(ticket)?.page;
    this.#tickets.delete(ticket);
    if (page === undefined) return;
    const issued = this.#ofPage.get(page);
    issued?.delete(ticket);
    if (issued?.size === 0) this.#ofPage.delete(page);
  }
}
