import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { SocketTrace } from '../socket-trace.ts';

type Ended = Pick<SocketTrace, 'kind' | 'source' | 'seenAs' | 'remote'>;

/** The other end of a socket's connection among others that were told of in the same way, the latest where a port came again. */
export function otherEnd<Other extends Ended>(socket: Ended, among: readonly Other[]): Other | undefined {
  return among.findLast((other) => isOtherEnd(other, socket));
}

export function isOtherEnd(one: Ended, other: Ended): boolean {
  const isConnection = one.kind !== 'udp' && one.kind !== 'listen' && one.source === other.source;
  return (
    isConnection &&
    (one.kind === 'accepted') !== (other.kind === 'accepted') &&
    isSame(one.seenAs, other.remote) &&
    isSame(one.remote, other.seenAs)
  );
}
function isSame(one: Endpoint | undefined, other: Endpoint | undefined): boolean {
  return one !== undefined && one.host === other?.host && one.port === other.port;
}
