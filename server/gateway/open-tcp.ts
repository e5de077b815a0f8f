import type { Socket } from 'node:net';
import { DATA_COST_MAX } from '../../protocol/credit.ts';
import { PlaygroundError, type SocketErrorCode, toSocketErrorCode } from '../../protocol/errors.ts';
import type { Endpoint, Open, SocketOptions } from '../../protocol/messages.ts';
import { abort } from './abort.ts';
import type { StreamPort } from './stream-port.ts';
import { RECEIVE_BYTES, type TcpStream } from './tcp-stream.ts';

/** All reads go here: libuv reads and tells in one go, so that no two are under way at once. */
const scratch = Buffer.allocUnsafeSlow(DATA_COST_MAX);

/** connect(2): resolves, asks the policy, dials, and joins the socket to the stream. */
export async function connectTcp(port: StreamPort, stream: TcpStream, open: Open): Promise<void> {
  try {
    const mapped = isLoopbackName(open.host) ? port.ports.get(`tcp ${open.port}`) : undefined;
    const target = mapped ?? open.port;
    const route = await port.dialler.resolve('tcp', open.host, target);
    if (stream.isOver) return;
    const options = open.options ?? {};
    const called = port.clock.nowMicros();
    const socket = port.dialler.connect(route, options, readInto(port, stream, options));
    socket.once('connect', () => onConnect(port, stream, { socket, called, options, shownPort: open.port }));
    stream.attach(socket);
  } catch (error) {
    stream.fail(codeOfError(error), (error as Error).message);
  }
}

/** connect(2) to the Unix socket of a lab server: no other path is dialled. */
export function connectUnix(port: StreamPort, stream: TcpStream, open: Open): void {
  const remote = { host: open.host, port: 0 };
  if (!port.tap.serverAt('unix', remote)) {
    stream.fail('TARGET_FORBIDDEN', `${open.host} is no lab server's socket`);
    return;
  }
  const called = port.clock.nowMicros();
  try {
    const { socket, local } = port.queues.connectPath(open.host, readInto(port, stream, open.options ?? {}));
    port.dialler.supervisePath(socket);
    socket.once('connect', () => {
      stream.announce({ called, at: port.clock.nowMicros(), local, remote }, remote, 'unix');
      port.queues.kick();
    });
    stream.attach(socket);
  } catch (error) {
    stream.fail(codeOfError(error), (error as Error).message);
  }
}

type Connected = {
  readonly socket: Socket;
  readonly called: number;
  readonly options: SocketOptions;
  readonly shownPort: number;
};

function onConnect(port: StreamPort, stream: TcpStream, { socket, called, options, shownPort }: Connected): void {
  if (socket.destroyed) return; // what answered was not what was asked for
  const at = port.clock.nowMicros();
  const local: Endpoint = { host: socket.localAddress ?? '', port: socket.localPort ?? 0 };
  const reached: Endpoint = { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
  try {
    port.kernel.setOptions(socket, options);
  } catch (error) {
    stream.fail(codeOfError(error), (error as Error).message);
    abort(socket);
    return;
  }
  stream.announce({ called, at, local, remote: { ...reached, port: shownPort } }, reached);
  if (options.peerReceiveSize !== undefined) stream.setPeerReceiveSize(options.peerReceiveSize);
  port.queues.kick();
}

/** Each read(2) takes at most the n that was asked for. */
function readInto(port: StreamPort, stream: TcpStream, { receiveSize = RECEIVE_BYTES }: SocketOptions) {
  const buffer = scratch.subarray(0, Math.min(receiveSize, DATA_COST_MAX));
  const callback = (count: number): boolean => {
    let takesMore = false;
    port.guard(() => {
      takesMore = stream.onRead(buffer.subarray(0, count));
    });
    return takesMore;
  };
  return { buffer, callback };
}

function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

export function codeOfError(error: unknown): SocketErrorCode {
  return error instanceof PlaygroundError ? error.code : toSocketErrorCode((error as NodeJS.ErrnoException).code);
}
