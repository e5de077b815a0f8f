import type { Socket } from 'node:net';
import { PlaygroundError, socketErrorOf } from '../../../../protocol/errors.ts';
import { isLoopbackHost } from '../../../../protocol/loopback.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { SocketOptions, Trouble } from '../../../../protocol/messages/options.ts';
import type { ConnectAttempt, Open } from '../../../../protocol/messages/socket.ts';
import type { Milliseconds } from '../../../../protocol/units.ts';
import { abort } from '../../../shared/reset.ts';
import { ATTEMPTS_MAX } from '../../dial/connect-attempts.ts';
import type { Route } from '../../dial/dial.ts';
import { failureFrom } from '../stream-end.ts';
import type { StreamPort } from '../stream-port.ts';
import { readsOf } from './reads-of.ts';
import type { TcpStream } from './tcp-stream.ts';
import { TroubledProxy } from './troubled-proxy.ts';

/** connect(2): resolves, asks the policy, dials, and joins the socket to the stream. */
export async function connectTcp(port: StreamPort, stream: TcpStream, open: Open): Promise<void> {
  try {
    const mapped = isLoopbackHost(open.host) ? port.ports.get(`tcp ${open.port}`) : undefined;
    const target = mapped ?? open.port;
    const asked = { transport: 'tcp', host: open.host, port: target } as const;
    const routes = (await port.dialler.resolve(port.destinations, asked)).slice(0, ATTEMPTS_MAX);
    if (stream.isOver) return;
    const options = open.options ?? {};
    const turn: Turn = { routes, open, deadline: performance.now() + port.limits.connectTimeout, tried: [] };
    if (options.trouble) await connectTroubled(port, stream, turn, options, options.trouble);
    else startInTurn(port, stream, turn, options);
  } catch (error) {
    stream.fail(failureFrom(error, 'connect'));
  }
}

/** connect(2) to the Unix socket of a lab server: no other path is dialled. */
export function connectUnix(port: StreamPort, stream: TcpStream, open: Open): void {
  const remote = { host: open.host, port: 0 };
  if (!port.tap.serverAt('unix', remote)) {
    const text = `${open.host} is no lab server's socket`;
    stream.fail({ code: 'TARGET_FORBIDDEN', text, call: 'connect' });
    return;
  }
  const called = port.clock.nowMicros();
  stream.onConnecting(called, remote);
  stream.onOptions(open.options ?? {});
  try {
    const { socket, local } = port.queues.connectPath(open.host, readsOf(port, stream));
    port.dialler.supervisePath(socket);
    socket.once('connect', () => {
      stream.announce({ called, at: port.clock.nowMicros(), local, remote }, remote, 'unix');
      port.queues.kick();
    });
    stream.attach(socket);
  } catch (error) {
    stream.fail(failureFrom(error, 'connect'));
  }
}

type Dialled = {
  readonly route: Route;
  /** What the learner takes for the other end. */
  readonly remote: Endpoint;
  readonly options: SocketOptions;
  readonly timeout?: Milliseconds;
  /** A proxy that stands at the end of the route: its address, and the two ends of its connection to the target. */
  readonly proxied?: { readonly proxy: TroubledProxy; readonly local: Endpoint; readonly remote: Endpoint };
};

/** The addresses of a name, of which each is tried until one answers. */
type Turn = {
  /** Those that are left. */
  readonly routes: readonly Route[];
  readonly open: Open;
  readonly deadline: Milliseconds;
  readonly tried: readonly ConnectAttempt[];
};

/** What is left of the time to connect, shared among the addresses that are left. */
function timeoutOf({ routes, deadline }: Turn): Milliseconds {
  return Math.max(1, (deadline - performance.now()) / routes.length);
}

/** Time has passed since all were asked about: who listened on this one may have left. */
function routeOf({ dialler }: StreamPort, { routes, open, tried }: Turn): Route {
  const next = routes[0] as Route;
  return tried.length === 0 ? next : dialler.renew(next, open.host);
}

/** The last address, and so the only one of a literal, is the stream's own from the start; of the others one that answers. */
function startInTurn(port: StreamPort, stream: TcpStream, turn: Turn, options: SocketOptions): void {
  const [next, ...others] = turn.routes as [Route, ...Route[]];
  const { open, tried } = turn;
  const remote = { host: next.address, port: open.port };
  const timeout = timeoutOf(turn);
  stream.onAttempt(tried, undefined);
  if (others.length === 0) {
    const route = routeOf(port, turn);
    startTcp(port, stream, { route, remote, options, timeout });
    return;
  }
  const called = port.clock.nowMicros();
  stream.onConnecting(called, remote);
  const goOn = (error: unknown): void => {
    if (stream.isOver) return;
    const failed = { remote, called, at: port.clock.nowMicros(), code: socketErrorOf(error) };
    startInTurn(port, stream, { ...turn, routes: others, tried: [...tried, failed] }, options);
  };
  let socket: Socket;
  try {
    const route = routeOf(port, turn);
    stream.onOptions(options);
    socket = port.dialler.connect(route, options, readsOf(port, stream), prepareBuffers(port, options), timeout);
  } catch (error) {
    goOn(error);
    return;
  }
  stream.onAttempt(tried, () => abort(socket));
  let failure: unknown = new PlaygroundError('SOCKET_CLOSED', 'given up');
  const onError = (error: Error): void => {
    failure = error;
  };
  const onClose = (): void => {
    port.guard(() => {
      try {
        goOn(failure);
      } catch (error) {
        stream.fail(failureFrom(error, 'connect'));
      }
    });
  };
  socket.once('error', onError);
  socket.once('close', onClose);
  socket.once('connect', () => {
    if (socket.destroyed) return; // what answered was not what was asked for
    socket.off('error', onError);
    socket.off('close', onClose);
    port.guard(() => {
      stream.attach(socket);
      onConnect(port, stream, socket, called, { route: next, remote, options });
    });
  });
}

function startTcp(port: StreamPort, stream: TcpStream, dialled: Dialled): Socket {
  const { route, options, timeout, remote } = dialled;
  const called = port.clock.nowMicros();
  stream.onConnecting(called, remote);
  stream.onOptions(options);
  const socket = port.dialler.connect(route, options, readsOf(port, stream), prepareBuffers(port, options), timeout);
  socket.once('connect', () => onConnect(port, stream, socket, called, dialled));
  stream.attach(socket);
  return socket;
}

/** Buffers are for before connect(2); the rest can be set when it has returned. */
function prepareBuffers(
  { kernel }: StreamPort,
  { sendBuffer, receiveBuffer }: SocketOptions,
): ((fd: number) => void) | undefined {
  if (sendBuffer === undefined && receiveBuffer === undefined) return undefined;
  const buffers = { ...(sendBuffer && { sendBuffer }), ...(receiveBuffer && { receiveBuffer }) };
  return (fd) => kernel.setOptions(fd, buffers);
}

/** What nobody asked for otherwise; where the system does not let us it keeps its own. */
function limitBuffers({ kernel, limits }: StreamPort, socket: Socket, options: SocketOptions): void {
  const { socketBuffer: bytes } = limits;
  if (bytes === 0) return;
  try {
    if (options.sendBuffer === undefined) kernel.setOptions(socket, { sendBuffer: bytes });
    if (options.receiveBuffer === undefined) kernel.setOptions(socket, { receiveBuffer: bytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOPROTOOPT') throw error;
  }
}

function onConnect(port: StreamPort, stream: TcpStream, socket: Socket, called: number, dialled: Dialled): void {
  if (socket.destroyed) return; // what answered was not what was asked for
  const { options, remote, proxied } = dialled;
  const at = port.clock.nowMicros();
  const local = localEnd(socket);
  const reached: Endpoint = { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
  proxied?.proxy.admit(local);
  try {
    const { sendBuffer: _sendBuffer, receiveBuffer: _receiveBuffer, ...later } = options;
    limitBuffers(port, socket, options);
    port.kernel.setOptions(socket, later);
  } catch (error) {
    stream.fail(failureFrom(error, 'setsockopt'));
    abort(socket);
    return;
  }
  const opened = { called, at, local, remote, ...(proxied ? { proxy: proxied.proxy.endpoint } : {}) };
  stream.announce(opened, reached, 'tcp', proxied);
  if (options.peerReceiveSize !== undefined) stream.setPeerReceiveSize(options.peerReceiveSize);
  port.queues.kick();
}

/** The proxy's listener and both ends of its connections, beside the learner's own socket. */
const PROXY_SOCKETS = 3;

/**
 * connect(2) to a proxy that misbehaves. Its own connection comes first, so that a target which cannot be reached is the
 * learner's error still.
 */
async function connectTroubled(
  port: StreamPort,
  stream: TcpStream,
  turn: Turn,
  options: SocketOptions,
  trouble: Trouble,
): Promise<void> {
  const { sockets, limits } = port;
  if (sockets.count() + PROXY_SOCKETS > limits.sockets) {
    throw new PlaygroundError('SOCKET_LIMIT', `${limits.sockets} sockets in all`);
  }
  sockets.add(PROXY_SOCKETS);
  const release = (): void => {
    sockets.add(-PROXY_SOCKETS);
    stream.onProxyClosed();
  };
  let target: Socket | undefined;
  let proxy: TroubledProxy;
  try {
    target = await connectTarget(port, stream, turn);
    proxy = await TroubledProxy.open(target, trouble, release);
  } catch (error) {
    if (target) abort(target);
    release();
    throw error;
  }
  if (stream.isOver) {
    proxy.close();
    return;
  }
  const reached: Endpoint = { host: target.remoteAddress ?? '', port: target.remotePort ?? 0 };
  const ends = { local: localEnd(target), remote: reached };
  const remote = { host: reached.host, port: turn.open.port };
  stream.setProxy(proxy);
  try {
    const { host: address, port: at } = proxy.endpoint;
    const towards = { address, port: at, isVacant: false };
    const socket = startTcp(port, stream, { route: towards, remote, options, proxied: { proxy, ...ends } });
    socket.once('close', () => proxy.onLearnerClosed());
  } catch (error) {
    proxy.close();
    throw error;
  }
}

async function connectTarget(port: StreamPort, stream: TcpStream, turn: Turn): Promise<Socket> {
  const [next, ...others] = turn.routes as [Route, ...Route[]];
  const { open, tried } = turn;
  const called = port.clock.nowMicros();
  const remote = { host: next.address, port: open.port };
  stream.onAttempt(tried, undefined);
  stream.onConnecting(called, remote);
  try {
    const route = routeOf(port, turn);
    return await connected(port.dialler.connect(route, {}, undefined, undefined, timeoutOf(turn)));
  } catch (error) {
    if (others.length === 0 || stream.isOver) throw error;
    const failed = { remote, called, at: port.clock.nowMicros(), code: socketErrorOf(error) };
    return await connectTarget(port, stream, { ...turn, routes: others, tried: [...tried, failed] });
  }
}

function connected(socket: Socket): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  socket.pause();
  socket.once('error', reject);
  socket.once('connect', () => {
    socket.off('error', reject);
    resolve(socket);
  });
  return promise;
}

function localEnd(socket: Socket): Endpoint {
  return { host: socket.localAddress ?? '', port: socket.localPort ?? 0 };
}
