import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { ConnectAttempt, Opened } from '../../../../protocol/messages/socket.ts';
import type { Microseconds } from '../../../../protocol/units.ts';
import { failureOf } from '../../dial/connect-attempts.ts';
import type { Failure, StreamEnd } from '../stream-end.ts';

/** A connect(2) from its start to its end: the addresses that did not answer, and the one that is tried now. */
export class ConnectProgress {
  #tried: readonly ConnectAttempt[] = [];
  /** When connect(2) under way was called, and where it goes. */
  #current: { readonly called: Microseconds; readonly remote: Endpoint } | undefined;
  #abandon: (() => void) | undefined;

  get isUnderWay(): boolean {
    return this.#current !== undefined;
  }
  /** One of several addresses is tried; `tried` have failed. `abandon` ends the attempt, whose socket is not the stream's yet. */
  onAttempt(tried: readonly ConnectAttempt[], abandon: (() => void) | undefined): void {
    this.#tried = tried;
    this.#abandon = abandon;
  }
  /** connect(2) is called. */
  onConnecting(called: Microseconds, remote: Endpoint): void {
    this.#current = { called, remote };
  }
  /** The socket is the stream's own. */
  onAttached(): void {
    this.#abandon = undefined;
  }
  abandon(): void {
    this.#abandon?.();
  }
  /** connect(2) has returned; what OPENED tells of the attempts before it. */
  end(): Pick<Opened, 'tried'> {
    const told = this.#triedBefore();
    this.#tried = [];
    this.#current = undefined;
    return told;
  }
  /** As RST tells of it. */
  failure({ code, text, call }: Failure): Pick<StreamEnd, 'failure' | 'details'> {
    return {
      failure: { ...failureOf(this.#tried, code, text), call },
      details: { ...this.#current, ...this.#triedBefore() },
    };
  }

  #triedBefore(): Pick<Opened, 'tried'> {
    return this.#tried.length === 0 ? {} : { tried: [...this.#tried] };
  }
}
