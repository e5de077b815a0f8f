import { isIPv6 } from 'node:net';
import type { CallOf, CallOutcome } from '../../../../protocol/messages/calls.ts';
import type { BoundSocket } from '../../../net/accept-queue.ts';
import type { Environment } from '../environment.ts';
import type { GatewayStream } from '../gateway-stream.ts';
import type { StreamHost } from '../stream-host.ts';
import { readsOf } from '../tcp/reads-of.ts';
import { TcpStream } from '../tcp/tcp-stream.ts';
import type { BoundHere } from './listen-here.ts';
import { describeListener, ListenerStream } from './listener-stream.ts';

/** @throws {PlaygroundError} SOCKET_CLOSED */
type Replace = (stream: GatewayStream) => void;

/** What a bound socket may become. */
export type Successor = {
  readonly listen: (here: BoundHere & { bound: BoundSocket }, call: CallOf<'listen'>) => Promise<CallOutcome>;
  readonly connect: (here: BoundHere & { bound: BoundSocket }, call: CallOf<'connect'>) => Promise<CallOutcome>;
};

/** CALL listen on a bound socket: listen(2). */
export function listenBound(
  environment: Environment,
  host: StreamHost,
  id: number,
  replace: Replace,
): Successor['listen'] {
  return async ({ bound, listens, forget, shownPort, accepted }, { backlog = 0 }) => {
    try {
      const queue = await bound.listen(Math.min(backlog, environment.limits.backlog));
      listens();
      const listener = new ListenerStream(id, environment, host);
      const here = { queue, listens, forget, shownPort, accepted };
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
export function connectBound(
  environment: Environment,
  host: StreamHost,
  id: number,
  replace: Replace,
): Successor['connect'] {
  const { clock, dialler, kernel, queues } = environment;
  return async ({ bound, forget }, call) => {
    let isTaken = false;
    try {
      const port = host.tab.ports.realPort('tcp', call.port) ?? call.port;
      // connect(2) takes one address, of the family that the socket is bound to.
      const family = isIPv6(bound.endpoint.host) ? 6 : 4;
      const asked = { transport: 'tcp', host: call.host, port, family } as const;
      const [route] = await dialler.resolve(host.tab.destinations, asked);
      const remote = { host: route.address, port };
      const called = clock.nowMicros();
      const stream = new TcpStream(id, environment, host);
      const { socket, local } = await dialler.connectBound(route, () => {
        isTaken = true;
        return bound.connect(remote, readsOf(kernel, host, stream));
      });
      stream.attach(socket);
      replace(stream);
      stream.announce({ called, at: clock.nowMicros(), local, remote }, remote);
      socket.resume();
      queues.kick();
      return { local, remote };
    } finally {
      if (!isTaken) await bound.close(); // refused before connect(2): nothing else closes it
      forget();
    }
  };
}
