import type { Port } from '../../../protocol/units.ts';
import { formatByteCount } from '../format.ts';

export const sockets = {
  title: 'My sockets',
  earlier: (count: number) => `${count} earlier`,
  later: (count: number) => `${count} later`,
  none: 'None yet. Connect, or listen on a port of your own.',
  label: {
    client: (ordinal: number) => `client ${ordinal}`,
    listener: (ordinal: number) => `listener ${ordinal}`,
    peer: (ordinal: number) => `peer ${ordinal}`,
  },
  bytes: (sent: number, received: number) => `↑ ${formatByteCount(sent)} ↓ ${formatByteCount(received)}`,
  recorded: 'recording',
  notAccepted: 'not accepted yet',
  waiting: (count: number) => `${count} waiting`,
  queue: (waiting: number, max: number) => `accept queue: ${waiting} of ${max}`,
  closeAll: 'Close all',
  removeClosed: 'Remove closed',
  accept: 'Accept',
  remove: (label: string) => `Remove ${label}`,
  listen: 'Listen',
  address: 'Choose host and port',
  listenHost: 'Listen host',
  listenPort: 'Listen port',
  listenPortHint: '0 lets the system pick a free port',
  backlog: 'Backlog',
  backlogHint: 'The n of listen(n): how many connections may wait for accept(). Linux lets one more in',
  backlogInvalid: (max: number) => `Enter a whole number from 0 to ${max}.`,
  reuseAddress: 'SO_REUSEADDR',
  reuseAddressHint:
    'Linux, macOS: without SO_REUSEADDR a port cannot be bound for a minute while old connections on it are in TIME-WAIT (EADDRINUSE). Do not set it on Windows',
  port: (port: Port) => `:${port}`,
};
