import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../../protocol/messages/options.ts';
import type { Open } from '../../../protocol/messages/socket.ts';
import { Family, type SocketEntry } from './socket-entry.ts';

/** Whether an OPEN of the kind names a local address. */
export function isBinding(kind: Open['kind']): boolean {
  return kind !== 'tcp' && kind !== 'unix';
}

export function wildcardOf({ family }: SocketEntry): string {
  return family === Family.Inet6 ? '::' : '0.0.0.0';
}

type Asked = { readonly backlog: number | undefined; readonly trouble: SocketOptions['trouble'] };

/** What the gateway is asked for. `trouble`: of the connection, from a proxy before its target. */
export function openOf(
  { isStream, options }: SocketEntry,
  kind: Open['kind'],
  { host, port }: Endpoint,
  { backlog, trouble }: Asked,
): Open {
  return {
    kind,
    host,
    port,
    ...(backlog === undefined ? {} : { backlog }),
    // A textbook's port may be taken by another learner of the class: within this session it is theirs all the same. Node's sockets
    // have SO_REUSEADDR unless they are told otherwise, those of a program only where it set the option.
    options: isBinding(kind)
      ? { ...(isStream && { reuseAddress: false }), ...options, mapPort: true }
      : { ...options, ...(trouble && { trouble }) },
  };
}
