import type { GatewayClient } from '../../client/gateway-client.ts';
import type { CallResult, EchoedMessage, TriedSocket } from '../../protocol/messages/calls.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { Observable } from '../../trace/observable.ts';

/** What the server's machine was asked about families and types of sockets. Lists only grow. */
export class Families extends Observable {
  readonly #client: Pick<GatewayClient, 'call'>;
  readonly #tried: TriedSocket[] = [];
  readonly #echoed: EchoedMessage[] = [];

  constructor(client: Pick<GatewayClient, 'call'>) {
    super();
    this.#client = client;
  }

  /** What socket(2) said, of all times that it was asked. */
  get tried(): readonly TriedSocket[] {
    return this.#tried;
  }
  /** What each recv(2) of SOCK_SEQPACKET gave. */
  get echoed(): readonly EchoedMessage[] {
    return this.#echoed;
  }

  /** socket(2) with every family and every type. */
  async ask(): Promise<readonly TriedSocket[]> {
    const { tried = [] } = await this.#client.call({ call: 'trysocket' });
    this.#tried.push(...tried);
    this.changed();
    return tried;
  }
  /** Messages through a real SOCK_SEQPACKET, each read by a recv of so many bytes. */
  async echo(messages: string[], receiveSize: ByteCount): Promise<CallResult> {
    const result = await this.#client.call({ call: 'seqpacket', messages, receiveSize });
    this.#echoed.push(...(result.echoed ?? []));
    this.changed();
    return result;
  }
}
