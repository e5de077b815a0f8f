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
  listenHost: 'Own host',
  listenPort: 'Own port',
  listenPortHint: '0 lets the system pick a free port',
  backlog: 'Backlog',
  backlogHint: 'The n of listen(n): how many may wait until they are accepted',
  backlogInvalid: (max: number) => `A whole number from 0 to ${max}.`,
  reuseAddress: 'SO_REUSEADDR',
  reuseAddressHint:
    'Without SO_REUSEADDR a port whose old connections are in TIME-WAIT cannot be had for a minute: EADDRINUSE',
  port: (port: Port) => `:${port}`,
};
