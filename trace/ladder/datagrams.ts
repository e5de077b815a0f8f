import type { ByteCount } from '../../protocol/units.ts';

/** A call of one source of a ladder. */
export type CallOf = { readonly source: number; readonly index: number };
/** A datagram as one of its two calls tells it; `count` is its whole length. */
export type Datagram = { readonly from: string; readonly to: string; readonly count: ByteCount };
type Waiting = CallOf & { readonly count: ByteCount };

/** Datagrams of one way that may still meet the other end's call; of those that leave the page none is ever told. */
const WAITING_MAX = 1_024;

/**
 * Datagrams between sockets of one ladder: a recvfrom meets the first sendto of the same ports and length. Those sent before
 * it have been lost. A socket that is bound to any address receives from the one that it is reached by: only the ports are sure.
 */
export class DatagramJoiner {
  readonly #sends = new Map<string, Waiting[]>();
  readonly #reads = new Map<string, Waiting[]>();

  addSend(datagram: Datagram, call: CallOf): CallOf | undefined {
    return meet(this.#reads, this.#sends, datagram, call);
  }
  addRead(datagram: Datagram, call: CallOf): CallOf | undefined {
    return meet(this.#sends, this.#reads, datagram, call);
  }
}

function meet(
  others: Map<string, Waiting[]>,
  own: Map<string, Waiting[]>,
  { from, to, count }: Datagram,
  call: CallOf,
): CallOf | undefined {
  const key = `${portOf(from)} ${portOf(to)}`;
  const waiting = others.get(key) ?? [];
  const place = waiting.findIndex((other) => other.count === count);
  if (place >= 0) return waiting.splice(0, place + 1).at(-1);
  const mine = own.get(key) ?? [];
  mine.push({ ...call, count });
  if (mine.length > WAITING_MAX) mine.shift();
  own.set(key, mine);
  return undefined;
}

function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1);
}
