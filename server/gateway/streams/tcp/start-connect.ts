import type { Socket } from 'node:net';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import type { Milliseconds } from '../../../../protocol/units.ts';
import { abort } from '../../../shared/reset.ts';
import type { Route } from '../../dial/dial.ts';
import type { Environment } from '../environment.ts';
import { failureFrom } from '../stream-end.ts';
import type { StreamHost } from '../stream-host.ts';
import { readsOf } from './reads-of.ts';
import type { TcpStream } from './tcp-stream.ts';
import type { TroubledProxy } from './troubled-proxy.ts';

/** The stream that connects, and what it is connected with. */
export type Connecting = {
  readonly environment: Environment;
  readonly host: StreamHost;
  readonly stream: TcpStream;
};

export type Dialled = {
  readonly route: Route;
  /** What the learner takes for the other end. */
  readonly remote: Endpoint;
  readonly options: SocketOptions;
  readonly timeout?: Milliseconds;
  /** A proxy that stands at the end of the route: its address, and the two ends of its connection to the target. */
  readonly proxied?: { readonly proxy: TroubledProxy; readonly local: Endpoint; readonly remote: Endpoint };
};

/** connect(2): the socket is the stream's own from the start. @throws {Error} what Dialler.connect throws */
export function startConnect(connecting: Connecting, dialled: Dialled): Socket {
  const { environment, stream } = connecting;
  const called = environment.clock.nowMicros();
  stream.progress.onConnecting(called, dialled.remote);
  const socket = dial(connecting, dialled);
  socket.once('connect', () => onConnect(connecting, socket, called, dialled));
  stream.attach(socket);
  return socket;
}

/** A socket in SYN-SENT, whose reads go to the stream. @throws {Error} what Dialler.connect throws */
export function dial({ environment, host, stream }: Connecting, { route, options, timeout }: Dialled): Socket {
  const { dialler, kernel } = environment;
  stream.onOptions(options);
  return dialler.connect(route, options, readsOf(kernel, host, stream), prepareBuffers(environment, options), timeout);
}

/** connect(2) has returned: options that can be set now are, and the browser is told. */
export function onConnect(
  { environment, stream }: Connecting,
  socket: Socket,
  called: number,
  { options, remote, proxied }: Dialled,
): void {
  if (socket.destroyed) return; // what answered was not what was asked for
  const { clock, kernel, queues } = environment;
  const at = clock.nowMicros();
  const local = localEnd(socket);
  proxied?.proxy.admit(local);
  try {
    const { sendBuffer: _sendBuffer, receiveBuffer: _receiveBuffer, ...later } = options;
    limitBuffers(environment, socket, options);
    kernel.setOptions(socket, later);
  } catch (error) {
    stream.fail(failureFrom(error, 'setsockopt'));
    abort(socket);
    return;
  }
  const opened = {
    called,
    at,
    local,
    remote,
    ...(proxied && { proxy: proxied.proxy.endpoint, onward: proxied.local }),
  };
  stream.announce(opened, remoteEnd(socket), 'tcp', proxied);
  if (options.peerReceiveSize !== undefined) stream.setPeerReceiveSize(options.peerReceiveSize);
  queues.kick();
}

export function localEnd(socket: Socket): Endpoint {
  return { host: socket.localAddress ?? '', port: socket.localPort ?? 0 };
}
export function remoteEnd(socket: Socket): Endpoint {
  return { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
}

/** Buffers are for before connect(2); the rest can be set when it has returned. */
function prepareBuffers(
  { kernel }: Environment,
  { sendBuffer, receiveBuffer }: SocketOptions,
): ((fd: number) => void) | undefined {
  if (sendBuffer === undefined && receiveBuffer === undefined) return undefined;
  const buffers = { ...(sendBuffer && { sendBuffer }), ...(receiveBuffer && { receiveBuffer }) };
  return (fd) => kernel.setOptions(fd, buffers);
}

/** Buffers whose size the browser did not ask for; where the system does not permit it they keep its own. */
function limitBuffers({ kernel, limits }: Environment, socket: Socket, options: SocketOptions): void {
  const { socketBuffer: bytes } = limits;
  if (bytes === 0) return;
  try {
    if (options.sendBuffer === undefined) kernel.setOptions(socket, { sendBuffer: bytes });
    if (options.receiveBuffer === undefined) kernel.setOptions(socket, { receiveBuffer: bytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOPROTOOPT') throw error;
  }
}
