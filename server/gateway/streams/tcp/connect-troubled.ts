import type { Socket } from 'node:net';
import { PlaygroundError, socketErrorOf } from '../../../../protocol/errors.ts';
import type { SocketOptions, Trouble } from '../../../../protocol/messages/options.ts';
import { abort } from '../../../shared/reset.ts';
import type { Route } from '../../dial/dial.ts';
import { type AddressTurn, nextTurn, routeOf, timeoutOf } from './address-turn.ts';
import { type Connecting, localEnd, remoteEnd, startConnect } from './start-connect.ts';
import { TroubledProxy } from './troubled-proxy.ts';

/** The proxy's listener and both ends of its connections, beside the learner's own socket. */
const PROXY_SOCKETS = 3;

/**
 * connect(2) to a proxy that misbehaves. Its own connection comes first, so that a target which cannot be reached is the
 * learner's error still.
 */
export async function connectTroubled(
  connecting: Connecting,
  turn: AddressTurn,
  options: SocketOptions,
  trouble: Trouble,
): Promise<void> {
  const { environment, host, stream } = connecting;
  const { guard, sockets, tab } = host;
  const limit = environment.limits.sockets;
  if (sockets.count() + PROXY_SOCKETS > limit || !sockets.mayOpen(PROXY_SOCKETS)) {
    throw new PlaygroundError('SOCKET_LIMIT', `${limit} sockets in all`);
  }
  sockets.add(PROXY_SOCKETS);
  const release = (): void => {
    sockets.add(-PROXY_SOCKETS);
    stream.onProxyClosed();
  };
  let target: Socket | undefined;
  let proxy: TroubledProxy;
  try {
    target = await connectTarget(connecting, turn);
    proxy = await TroubledProxy.open(target, trouble, { guard, sideWork: tab.sideWork, onClosed: release });
  } catch (error) {
    if (target) abort(target);
    release();
    throw error;
  }
  if (stream.isOver) {
    proxy.close();
    return;
  }
  const ends = { local: localEnd(target), remote: remoteEnd(target) };
  const remote = { host: ends.remote.host, port: turn.open.port };
  stream.settings.proxy = proxy;
  try {
    const { host: address, port } = proxy.endpoint;
    const route = { address, port, isVacant: false };
    const socket = startConnect(connecting, { route, remote, options, proxied: { proxy, ...ends } });
    socket.once('close', () => proxy.onLearnerClosed());
  } catch (error) {
    proxy.close();
    throw error;
  }
}

async function connectTarget(connecting: Connecting, turn: AddressTurn): Promise<Socket> {
  const { environment, stream } = connecting;
  const { clock, dialler } = environment;
  const { open, routes, tried } = turn;
  const called = clock.nowMicros();
  const remote = { host: (routes[0] as Route).address, port: open.port };
  stream.progress.onAttempt(tried, undefined);
  stream.progress.onConnecting(called, remote);
  try {
    return await connected(dialler.connect(routeOf(dialler, turn), {}, undefined, undefined, timeoutOf(turn)));
  } catch (error) {
    if (routes.length === 1 || stream.isOver) throw error;
    const failed = { remote, called, at: clock.nowMicros(), code: socketErrorOf(error) };
    return await connectTarget(connecting, nextTurn(turn, failed));
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
