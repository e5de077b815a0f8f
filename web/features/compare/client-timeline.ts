import type { SocketErrorCode } from '../../../protocol/errors.ts';
import type { Microseconds } from '../../../protocol/units.ts';
import { isHarmless, type TraceEvent } from '../../../trace/event.ts';

type Log = { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };

/** Something the client said, and when an answer came. */
export type Exchange = { readonly sent: Microseconds; answered: Microseconds | undefined };

/** What a client went through, on the server's clock; undefined is what has not happened yet. Grown with its log. */
export class ClientTimeline {
  readonly #log: Log;
  #seen = 0;
  /** connect(2) was called, as far as it has returned: a client that hangs in SYN-SENT has no call in its log yet. */
  called: Microseconds | undefined;
  /** connect(2) returned: the kernel at the other end has put it into the accept queue. */
  connected: Microseconds | undefined;
  /** The server's accept(2) returned: it has left the queue. */
  accepted: Microseconds | undefined;
  ended: Microseconds | undefined;
  error: SocketErrorCode | undefined;
  readonly exchanges: Exchange[] = [];
  #firstUnanswered = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  update(): void {
    for (; this.#seen < this.#log.length(); this.#seen += 1) this.#take(this.#log.at(this.#seen) as TraceEvent);
  }
  /** The latest thing said, whether answered or not. */
  get latest(): Exchange | undefined {
    return this.exchanges.at(-1);
  }
  /** The first thing said that nobody has answered. */
  get unanswered(): Exchange | undefined {
    return this.exchanges[this.#firstUnanswered];
  }
  /** How long the first answer took. */
  get firstAnswer(): Microseconds | undefined {
    const [first] = this.exchanges;
    return first?.answered === undefined ? undefined : first.answered - first.sent;
  }

  #take({ at, end, call, count, error, took }: TraceEvent): void {
    if (end === 'peer') {
      if (call === 'accept') this.accepted = at;
      return;
    }
    if (isHarmless({ call, error }) || error === 'SOCKET_CLOSED') return; // the close that it was given up by follows
    if (error !== undefined || call === 'close' || call === 'reset') {
      this.ended ??= at;
      this.error ??= error;
    } else if (call === 'connect') {
      this.called = at - (took ?? 0);
      this.connected = at;
    } else if (call === 'send') this.exchanges.push({ sent: at, answered: undefined });
    else if (call === 'recv' && count > 0) this.#answer(at);
  }
  /** One answer answers all that was said before it: two sends may have been one read to the server. */
  #answer(at: Microseconds): void {
    for (; this.#firstUnanswered < this.exchanges.length; this.#firstUnanswered += 1) {
      (this.exchanges[this.#firstUnanswered] as Exchange).answered = at;
    }
  }
}
