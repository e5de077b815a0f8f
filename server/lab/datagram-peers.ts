import type { Endpoint } from '../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import type { Tap, TappedConnection } from '../tap/tap.ts';

/** UDP knows no close: a client that is not observed is forgotten when so many others have come since. */
const PEERS_KEPT = 256;
/** Datagrams that wait for one observer; newer ones are lost, as the kernel loses them when its buffer is full. */
const WAITING_MAX = 128;

type Peer = { readonly tapped: TappedConnection; waiting: number };

/** The clients of one UDP server, as the Tap has them. */
export class DatagramPeers {
  readonly #tap: Tap;
  readonly #server: Endpoint;
  readonly #peers = new Map<string, Peer>();

  constructor(tap: Tap, server: Endpoint) {
    this.#tap = tap;
    this.#server = server;
  }

  /** Runs at once, or when whoever looks at this client takes more. */
  withRoom(client: Endpoint, run: (tapped: TappedConnection) => void): void {
    const peer = this.#peer(client);
    if (peer.waiting === 0 && peer.tapped.takesMore) {
      run(peer.tapped);
      return;
    }
    if (peer.waiting === WAITING_MAX) return;
    peer.waiting += 1;
    peer.tapped.whenTaken(() => {
      peer.waiting -= 1;
      run(peer.tapped);
    });
  }

  #peer(client: Endpoint): Peer {
    const key = formatEndpoint(client.host, client.port);
    const known = this.#peers.get(key);
    const tapped = this.#tap.accepted('udp', client, this.#server);
    const peer = known?.tapped === tapped ? known : { tapped, waiting: 0 };
    this.#peers.delete(key);
    this.#peers.set(key, peer);
    if (this.#peers.size > PEERS_KEPT) this.#letGo();
    return peer;
  }

  #letGo(): void {
    const [oldest] = this.#peers;
    if (!oldest) return;
    const [key, { tapped }] = oldest;
    this.#peers.delete(key);
    // One that is looked at goes on when its next datagram comes: the Tap still has it.
    if (!tapped.isObserved) tapped.close();
  }
}
