import type { Socket } from 'node:dgram';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import type { RecvByHand } from '../recv-by-hand.ts';
import type { CallTable } from '../socket-calls.ts';

/** `socket` throws SOCKET_CLOSED until bind(2) has returned. */
export type CalledDatagrams = {
  readonly socket: () => Socket;
  readonly setOptions: (socket: Socket, options: SocketOptions) => void;
  readonly byHand: RecvByHand;
  readonly connect: (to: Endpoint) => Promise<void>;
};

/** The calls that a datagram socket takes. */
export const CALLS: CallTable<CalledDatagrams> = {
  connect: async ({ connect }, { host, port }) => {
    await connect({ host, port });
    return {};
  },
  setsockopt: ({ socket, setOptions }, { options }) => {
    if (options.trouble) throw new PlaygroundError('UNSUPPORTED', 'trouble on a datagram socket');
    setOptions(socket(), options);
    return {};
  },
  getsockopt: ({ socket }) => {
    const bound = socket();
    return { values: { sendBuffer: bound.getSendBufferSize(), receiveBuffer: bound.getRecvBufferSize() } };
  },
  recv: ({ socket, byHand }, { size }) => {
    socket();
    return byHand.recv(size);
  },
};
