import type { GatewayClient } from '../../client/gateway-client.ts';
import type { Ticket } from '../../client/identity.ts';

/** The page's word to the gateway for one program: lets its session in, and ends it with the program. */
export class ProgramTickets {
  readonly #client: GatewayClient;
  #session: string | undefined;
  #isOver = false;

  constructor(client: GatewayClient) {
    this.#client = client;
  }

  /** Where the page's session is, and so the program's; undefined while the page has none. */
  get node(): string | undefined {
    return this.#client.node;
  }
  /** Leave for one WebSocket; undefined where the gateway gives none. `isNewSession`: the session that was is not gone on with. */
  async ticket(isNewSession: boolean): Promise<Ticket | undefined> {
    if (isNewSession) this.#endSession();
    const session = this.#session;
    const result = await this.#client.call({ call: 'ticket', ...(session === undefined ? {} : { session }) });
    this.#session = result.session ?? session;
    if (this.#isOver) this.#endSession();
    return result.ticket === undefined ? undefined : { ticket: result.ticket, node: result.node };
  }
  end(): void {
    this.#isOver = true;
    this.#endSession();
  }

  #endSession(): void {
    const session = this.#session;
    this.#session = undefined;
    if (session !== undefined) void this.#client.call({ call: 'end', session });
  }
}
