import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { LabServer } from '../../protocol/messages/session.ts';
import { isOtherEnd } from '../../trace/socket/other-end.ts';
import type { SocketTrace } from '../../trace/socket-trace.ts';

/** Who listens where a socket of the page is, or goes to. */
export type ServerEnd = {
  readonly endpoint: Endpoint;
  /** A listener of the page's own. */
  readonly listener: SocketTrace | undefined;
  readonly lab: LabServer | undefined;
};

/** The server that a live TCP socket has to do with; undefined of datagram and Unix sockets, and before the port is known. */
export function serverEndOf(
  record: SocketTrace | undefined,
  sockets: readonly SocketTrace[],
  labs: readonly LabServer[],
): ServerEnd | undefined {
  if (record?.source !== 'live' || record.kind === 'udp' || record.kind === 'unix') return undefined;
  const endpoint = record.kind === 'tcp' ? (record.remote ?? record.target) : record.local;
  if (!endpoint || endpoint.port === 0) return undefined;
  const isHere = ({ port }: Endpoint): boolean => port === endpoint.port;
  const listener = sockets.findLast(({ kind, source, local }) => {
    return kind === 'listen' && source === 'live' && local !== undefined && isHere(local);
  });
  const lab = labs.find(({ protocol, host, port }) => protocol === 'tcp' && isHere({ host, port }));
  return { endpoint, listener, lab };
}

/** One connection to a server: the socket of the client, and that of the server, where it is the page's. */
export type ServerConnection = { readonly client: SocketTrace | undefined; readonly server: SocketTrace | undefined };

/** The page's connections to a server, in the order in which they were made. */
export function connectionsOf({ endpoint }: ServerEnd, sockets: readonly SocketTrace[]): readonly ServerConnection[] {
  const live = sockets.filter(({ source }) => source === 'live');
  const clients = live.filter(
    ({ kind, remote, target }) => kind === 'tcp' && (remote ?? target).port === endpoint.port,
  );
  const servers = live.filter(({ kind, local }) => kind === 'accepted' && local?.port === endpoint.port);
  const taken = new Set<SocketTrace>();
  const found = clients.map((client): ServerConnection => {
    const server = servers.findLast((one) => isOtherEnd(one, client));
    if (server) taken.add(server);
    return { client, server };
  });
  const strangers = servers.filter((server) => !taken.has(server));
  return [...found, ...strangers.map((server) => ({ client: undefined, server }))];
}

/** A program has the connection: it has been taken out of the accept queue. */
export function isTaken({ client, server }: ServerConnection): boolean {
  return server !== undefined || client?.isAcceptedByPeer === true;
}
