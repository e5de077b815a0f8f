import { isIP, isIPv6 } from 'node:net';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import type { SocketCall } from '../../../../protocol/messages/calls.ts';
import type { CallOutcome } from '../socket-calls.ts';
import type { GatewayStream, StreamPort } from '../stream-port.ts';
import { readsOf } from '../tcp/reads-of.ts';
import { TcpStream } from '../tcp/tcp-stream.ts';
import type { Successor } from './bound-stream.ts';
import { describeListener, ListenerStream } from './listener-stream.ts';

/** @throws {PlaygroundError} SOCKET_CLOSED */
type Replace = (stream: GatewayStream) => void;

/** CALL listen on a bound socket: listen(2). */
export function listenBound(port: StreamPort, id: number, replace: Replace): Successor['listen'] {
  return async ({ bound, listens, forget, shownPort }, backlog) => {
    try {
      const queue = await bound.listen(Math.min(backlog, port.limits.backlog));
      listens();
      const listener = new ListenerStream(id, port);
      const here = { queue, listens, forget, shownPort };
      listener.start(here);
      replace(listener);
      const { local, backlog: granted, outside } = describeListener(here);
      return { local, ...(granted === undefined ? {} : { backlog: granted }), ...(outside ? { outside } : {}) };
    } catch (error) {
      forget();
      throw error;
    }
  };
}

/** CALL connect on a bound socket: connect(2) from that address. */
export function connectBound(port: StreamPort, id: number, replace: Replace): Successor['connect'] {
  return async ({ bound, forget }, { host = '', port: number = 0 }) => {
    let isTaken = false;
    try {
      const target = port.ports.get(`tcp ${number}`) ?? number;
      // connect(2) takes one address, of the family that the socket is bound to.
      const family = isIPv6(bound.endpoint.host) ? 6 : 4;
      const asked = { transport: 'tcp', host, port: target, family } as const;
      const [route] = await port.dialler.resolve(port.destinations, asked);
      const remote = { host: route.address, port: target };
      const called = port.clock.nowMicros();
      const stream = new TcpStream(id, port);
      const { socket, local } = await port.dialler.connectBound(route, () => {
        isTaken = true;
        return bound.connect(remote, readsOf(port, stream));
      });
      stream.attach(socket);
      replace(stream);
      stream.announce({ called, at: port.clock.nowMicros(), local, remote }, remote);
      socket.resume();
      port.queues.kick();
      return { local, remote };
    } finally {
      if (!isTaken) await bound.close(); // refused before connect(2): nobody else ends it
      forget();
    }
  };
}

/** CALL getaddrinfo: the addresses of a name or literal. */
export async function resolveName(port: StreamPort, { call, host = '', family }: SocketCall): Promise<CallOutcome> {
  if (call !== 'getaddrinfo') throw new PlaygroundError('UNSUPPORTED', `${call} without a socket`);
  const found = await port.dialler.addressesOf(port.destinations, host);
  const addresses = found
    .map((address) => ({ host: address, family: isIP(address) }))
    .filter((address) => !family || address.family === family);
  if (addresses.length === 0) throw new PlaygroundError('NAME_UNRESOLVED', `${host} has no such address`);
  return { addresses };
}
