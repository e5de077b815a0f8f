import type { Socket } from 'node:net';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import type { CallOutcome } from '../../../../protocol/messages/calls.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import type { ByteCount } from '../../../../protocol/units.ts';
import type { Kernel } from '../environment.ts';
import type { CallTable } from '../socket-calls.ts';

/** A connection, as far as calls are made on it. */
export type CalledConnection = {
  readonly socket: Socket | undefined;
  readonly kernel: Kernel;
  readonly receiveSize: ByteCount;
  readonly setPeerReceiveSize: (size: ByteCount | undefined) => void;
  readonly onOptions: (options: SocketOptions) => void;
  readonly recv: (size: ByteCount) => Promise<CallOutcome>;
};

/** setsockopt(2), getsockopt(2) and, of one that is read by hand, recv(2) on a connection. */
export const CONNECTION_CALLS: CallTable<CalledConnection> = {
  setsockopt: (connection, { options }) => {
    connection.kernel.setOptions(socketOf(connection), options);
    connection.onOptions(options);
    if ('peerReceiveSize' in options) connection.setPeerReceiveSize(options.peerReceiveSize);
    return {};
  },
  getsockopt: (connection) => {
    const { kernel, receiveSize } = connection;
    return { values: { ...kernel.optionsOf(socketOf(connection)), receiveSize } };
  },
  recv: (connection, { size }) => {
    socketOf(connection);
    return connection.recv(size);
  },
};

function socketOf({ socket }: CalledConnection): Socket {
  if (!socket) throw new PlaygroundError('SOCKET_CLOSED', 'no socket yet');
  return socket;
}
