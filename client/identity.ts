import type { Hello, Welcome } from '../protocol/messages/session.ts';

/** Leave to come in, good once, and the node where it is good. */
export type Ticket = { readonly ticket: string; readonly node?: string | undefined };

/** What HELLO says of the browser: its token, and the session that it had. */
export class Identity {
  #token: string | undefined;
  #resume: { readonly session: string; readonly secret: string | undefined } | undefined;

  constructor(token: string | undefined) {
    this.#token = token;
  }

  set token(token: string) {
    this.#token = token;
  }
  /** There is no session to go on with. */
  get isNew(): boolean {
    return this.#resume === undefined;
  }
  /** The session of this WELCOME is the one to go on with. */
  remember({ session, secret }: Welcome): void {
    this.#resume = { session, secret };
  }
  /** The next HELLO asks for a new session. */
  forget(): void {
    this.#resume = undefined;
  }

  /** `received`: the last reliable frame that has come. */
  hello(received: number): Omit<Hello, 'version'> {
    const token = this.#token;
    const { session, secret } = this.#resume ?? {};
    const isResuming = session !== undefined && secret !== undefined;
    return {
      ...(token === undefined ? {} : { token }),
      ...(isResuming ? { resume: { session, secret, received } } : {}),
    };
  }
}
