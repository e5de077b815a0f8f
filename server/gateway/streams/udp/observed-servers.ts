import { FrameType } from '../../../../protocol/frame.ts';
import { isWildcard } from '../../../../protocol/loopback.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import { encodeEvent } from '../../../../protocol/payloads.ts';
import type { ByteCount } from '../../../../protocol/units.ts';
import { CALL_WORK } from '../../../shared/side-work.ts';
import type { Observation, Tap } from '../../../tap/tap.ts';
import type { StreamHost } from '../stream-host.ts';

/** The lab servers that a datagram socket has sent to: their calls on its datagrams are sent as EVENTs. */
export class ObservedServers {
  readonly #stream: number;
  readonly #tap: Tap;
  readonly #host: Pick<StreamHost, 'send' | 'events' | 'tab'>;
  readonly #observations = new Map<string, Observation>();
  /** The n of the lab servers' recvfrom(n). */
  #receiveSize: ByteCount | undefined;
  #isOver = false;

  constructor(stream: number, tap: Tap, host: Pick<StreamHost, 'send' | 'events' | 'tab'>) {
    this.#stream = stream;
    this.#tap = tap;
    this.#host = host;
  }

  /** A datagram goes from `local` to `server`: its calls are observed from the first one on. */
  observe(local: Endpoint, server: Endpoint): void {
    const key = `${server.host} ${server.port}`;
    if (this.#observations.has(key) || !this.#tap.serverAt('udp', server)) return;
    const client = isWildcard(local.host) ? { ...local, host: server.host } : local;
    const observation = this.#tap.observe('udp', client, server, (event) => {
      this.#host.tab.sideWork.spend(CALL_WORK);
      if (!this.#isOver) this.#host.send(FrameType.EVENT, this.#stream, encodeEvent(event));
      return this.#host.events.hasRoom();
    });
    observation.setReceiveSize(this.#receiveSize);
    this.#observations.set(key, observation);
  }
  setReceiveSize(size: ByteCount): void {
    this.#receiveSize = size;
    for (const observation of this.#observations.values()) observation.setReceiveSize(size);
  }
  onDrain(): void {
    if (this.#host.events.hasRoom()) for (const observation of this.#observations.values()) observation.resume();
  }
  end(): void {
    this.#isOver = true;
    for (const observation of this.#observations.values()) observation.end();
    this.#observations.clear();
  }
}
