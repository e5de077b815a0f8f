import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { SocketTrace } from '../socket-trace.ts';

type Client = Pick<SocketTrace, 'kind' | 'target' | 'seenAs' | 'isOver'>;

/**
 * Is the client of an accepted connection none of the page's own `sockets`? Undefined while one of them may be it: it has not
 * connected yet.
 */
export function isFromOutside(
  accepted: Pick<SocketTrace, 'local' | 'remote'>,
  sockets: readonly Client[],
): boolean | undefined {
  const { local, remote } = accepted;
  if (!local || !remote) return undefined;
  const clients = sockets.filter(({ kind }) => kind === 'tcp');
  if (clients.some((client) => isSame(client.seenAs, remote))) return false;
  const mayBe = clients.some(({ target, seenAs, isOver }) => target.port === local.port && !seenAs && !isOver);
  return mayBe ? undefined : true;
}

function isSame(one: Endpoint | undefined, other: Endpoint): boolean {
  return one?.host === other.host && one.port === other.port;
}
