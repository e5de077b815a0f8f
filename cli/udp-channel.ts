import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Endpoint } from '../protocol/messages/fields.ts';
import type { Port } from '../protocol/units.ts';
import type { Channel, ChannelHandlers } from './channel.ts';

/** The most that a datagram over IPv4 carries. */
const DATAGRAM_BYTES_MAX = 65_507;

export type UdpDialOptions = {
  readonly to: Endpoint;
  readonly family: 4 | 6 | undefined;
  readonly localAddress: string | undefined;
  readonly localPort: Port | undefined;
};

/** connect(2) on UDP: datagrams of nobody else come, and a port where nobody is answers ECONNREFUSED. @throws {Error} the system's */
export async function dialUdp({ to, family, localAddress, localPort = 0 }: UdpDialOptions): Promise<Channel> {
  const { address } = await lookup(to.host, { family: family ?? 0 });
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  socket.bind({ port: localPort, ...(localAddress === undefined ? {} : { address: localAddress }) });
  await once(socket, 'listening');
  socket.connect(to.port, address);
  await once(socket, 'connect');
  return connected(socket, { host: address, port: to.port });
}

/** Waits for the first datagram; its sender is the peer from then on. `onBound`: told the port. */
export async function acceptUdp(at: Endpoint, onBound: (local: Endpoint) => void): Promise<Channel> {
  const socket = createSocket(isIPv6(at.host) ? 'udp6' : 'udp4');
  socket.bind({ port: at.port, address: at.host, exclusive: true });
  await once(socket, 'listening');
  const { address, port } = socket.address();
  onBound({ host: address, port });
  const [first, sender] = (await once(socket, 'message')) as [Buffer, { address: string; port: Port }];
  // Those of the meantime wait in the kernel: nothing is read before the next turn of the loop.
  socket.connect(sender.port, sender.address);
  const connecting = once(socket, 'connect');
  const early: Buffer[] = [first];
  const keep = (bytes: Buffer): void => void early.push(bytes);
  socket.on('message', keep);
  await connecting;
  socket.off('message', keep);
  return connected(socket, { host: sender.address, port: sender.port }, early);
}

function connected(socket: Socket, remote: Endpoint, early: readonly Buffer[] = []): Channel {
  const { address, port } = socket.address();
  let waiting = 0;
  let isClosing = false;
  let handlers: ChannelHandlers | undefined;
  const closeWhenSent = (): void => {
    if (isClosing && waiting === 0) socket.close();
  };
  return {
    kind: 'udp',
    local: { host: address, port },
    remote,
    start: (given) => {
      handlers = given;
      for (const bytes of early) given.onData(bytes);
      socket.on('message', given.onData);
      socket.on('error', given.onError);
      socket.on('close', given.onClose);
    },
    write: (bytes) => {
      for (let start = 0; start < bytes.length; start += DATAGRAM_BYTES_MAX) {
        waiting += 1;
        socket.send(Uint8Array.from(bytes.subarray(start, start + DATAGRAM_BYTES_MAX)), (error) => {
          waiting -= 1;
          if (error) handlers?.onError(error);
          else handlers?.onDrain();
          closeWhenSent();
        });
      }
      return false;
    },
    pause: () => undefined,
    resume: () => undefined,
    // UDP has no end of its stream.
    end: () => undefined,
    close: () => {
      if (isClosing) return;
      isClosing = true;
      closeWhenSent();
    },
    reset: () => socket.close(),
  };
}
