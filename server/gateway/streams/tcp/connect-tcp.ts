import type { Socket } from 'node:net';
import { PlaygroundError, socketErrorOf } from '../../../../protocol/errors.ts';
import { isLoopbackHost } from '../../../../protocol/loopback.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import type { Open } from '../../../../protocol/messages/socket.ts';
import { abort } from '../../../shared/reset.ts';
import { ATTEMPTS_MAX } from '../../dial/connect-attempts.ts';
import type { Route } from '../../dial/dial.ts';
import { failureFrom } from '../stream-end.ts';
import { type AddressTurn, nextTurn, routeOf, timeoutOf } from './address-turn.ts';
import { connectTroubled } from './connect-troubled.ts';
import { type Connecting, dial, onConnect, startConnect } from './start-connect.ts';

/** connect(2): resolves, asks the policy, dials, and joins the socket to the stream. */
export async function connectTcp(connecting: Connecting, open: Open): Promise<void> {
  const { environment, host, stream } = connecting;
  const { dialler, limits } = environment;
  try {
    const mapped = isLoopbackHost(open.host) ? host.tab.ports.realPort('tcp', open.port) : undefined;
    const asked = { transport: 'tcp', host: open.host, port: mapped ?? open.port } as const;
    const asker = host.tab.destinations;
    const routes = (await dialler.resolve(asker, asked)).slice(0, ATTEMPTS_MAX);
    if (stream.isOver) return;
    const options = open.options ?? {};
    const turn: AddressTurn = { routes, asker, open, deadline: performance.now() + limits.connectTimeout, tried: [] };
    if (options.trouble) await connectTroubled(connecting, turn, options, options.trouble);
    else startInTurn(connecting, turn, options);
  } catch (error) {
    stream.fail(failureFrom(error, 'connect'));
  }
}

/** The last address, and so the only one of a literal, is the stream's own from the start; of the others one that answers. */
function startInTurn(connecting: Connecting, turn: AddressTurn, options: SocketOptions): void {
  const { environment, stream } = connecting;
  const { open, tried, routes } = turn;
  const next = routes[0] as Route;
  const remote = { host: next.address, port: open.port };
  stream.progress.onAttempt(tried, undefined);
  if (routes.length === 1) {
    startConnect(connecting, { route: routeOf(environment.dialler, turn), remote, options, timeout: timeoutOf(turn) });
    return;
  }
  tryAddress(connecting, turn, options, remote);
}

/** An address with others behind it: its socket becomes the stream's when it answers. */
function tryAddress(
  connecting: Connecting,
  turn: AddressTurn,
  options: SocketOptions,
  remote: { readonly host: string; readonly port: number },
): void {
  const { environment, host, stream } = connecting;
  const { clock, dialler } = environment;
  const called = clock.nowMicros();
  stream.progress.onConnecting(called, remote);
  const goOn = (error: unknown): void => {
    if (stream.isOver) return;
    startInTurn(
      connecting,
      nextTurn(turn, { remote, called, at: clock.nowMicros(), code: socketErrorOf(error) }),
      options,
    );
  };
  let socket: Socket;
  try {
    socket = dial(connecting, { route: routeOf(dialler, turn), remote, options, timeout: timeoutOf(turn) });
  } catch (error) {
    goOn(error);
    return;
  }
  stream.progress.onAttempt(turn.tried, () => abort(socket));
  let failure: unknown = new PlaygroundError('SOCKET_CLOSED', 'given up');
  const onError = (error: Error): void => {
    failure = error;
  };
  const onClose = (): void => {
    host.guard(() => {
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
    host.guard(() => {
      stream.attach(socket);
      onConnect(connecting, socket, called, { route: turn.routes[0] as Route, remote, options });
    });
  });
}
