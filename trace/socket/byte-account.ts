import type { PeerEvent } from '../../protocol/payloads.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { ByteStream } from '../byte-stream.ts';
import type { Direction, TraceEvent } from '../event.ts';
import { DatagramMatcher } from './datagram-matcher.ts';

/** Which bytes a call moved. */
export type Moved = Pick<TraceEvent, 'direction' | 'offset' | 'whole'>;

/** The two byte streams of one socket, and how far each end has moved in them. */
export class ByteAccount {
  readonly sent = new ByteStream();
  readonly received = new ByteStream();
  /** How many bytes of each direction came after those that a program's worker reports. */
  omitted: Readonly<Record<Direction, ByteCount>> = { sent: 0, received: 0 };
  readonly #datagrams = new DatagramMatcher();
  #sentCount: ByteCount = 0;
  #peerReceived: ByteCount = 0;
  #peerSent: ByteCount = 0;

  /** Bytes in the gateway's kernel send buffer or beyond. */
  get sentCount(): ByteCount {
    return this.#sentCount;
  }

  /** Bytes that calls of the other end's program took and gave. */
  get peerMoved(): { readonly received: ByteCount; readonly sent: ByteCount } {
    return { received: this.#peerReceived, sent: this.#peerSent };
  }

  /** The bytes of a send or sendto that the gateway has not confirmed yet. */
  queue(bytes: Uint8Array, isDatagram: boolean): void {
    if (isDatagram) this.addDatagram({ offset: this.sent.length, count: bytes.length });
    this.sent.append(bytes);
  }
  addDatagram(datagram: { readonly offset: ByteCount; readonly count: ByteCount }): void {
    this.#datagrams.add(datagram);
  }
  /** send(2) of so many bytes has returned. Returns where they begin. */
  confirm(count: ByteCount): ByteCount {
    const offset = this.#sentCount;
    this.#sentCount += count;
    return offset;
  }
  /** recv(2) has returned these bytes. Returns where they begin. */
  receive(bytes: Uint8Array): ByteCount {
    const offset = this.received.length;
    this.received.append(bytes);
    return offset;
  }
  /** The next bytes of one direction, of a recording, a mirror or a program's worker: they have all been sent. */
  append(direction: Direction, bytes: Uint8Array): void {
    this[direction].append(bytes);
    this.#sentCount = this.sent.length;
  }

  /** The bytes that a call of the peer moved: what it receives is what was sent here. */
  moveOfPeer({ call, argument, count, error }: PeerEvent): Moved {
    const datagram = call === 'recvfrom' && error === undefined ? this.#datagrams.take(count, argument) : undefined;
    if (datagram) {
      this.#peerReceived = datagram.offset + datagram.count;
      const cut = count < datagram.count ? { whole: datagram.count } : {};
      return { direction: 'sent', offset: datagram.offset, ...cut };
    }
    if (call === 'recv' || call === 'recvfrom') {
      const offset = this.#peerReceived;
      this.#peerReceived += count;
      return { direction: 'sent', offset };
    }
    if (call === 'send' || call === 'sendto') {
      const offset = this.#peerSent;
      this.#peerSent += count;
      return { direction: 'received', offset };
    }
    return { direction: undefined, offset: 0 };
  }
}
