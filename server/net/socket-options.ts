import { Socket } from 'node:net';
import type { SocketOptions } from '../../protocol/messages/options.ts';
import { fdOf } from './ffi/fd-of.ts';
import {
  checked,
  encodeInt,
  IPPROTO_TCP,
  type Libc,
  libc,
  SO_KEEPALIVE,
  SO_LINGER,
  SO_RCVBUF,
  SO_REUSEADDR,
  SO_SNDBUF,
  SOL_SOCKET,
  TCP_NODELAY,
} from './ffi/libc.ts';
import { SystemError } from './ffi/system-error.ts';

const SYSTEM_OPTIONS = {
  noDelay: { level: IPPROTO_TCP, name: TCP_NODELAY, isFlag: true },
  keepAlive: { level: SOL_SOCKET, name: SO_KEEPALIVE, isFlag: true },
  reuseAddress: { level: SOL_SOCKET, name: SO_REUSEADDR, isFlag: true },
  sendBuffer: { level: SOL_SOCKET, name: SO_SNDBUF, isFlag: false },
  receiveBuffer: { level: SOL_SOCKET, name: SO_RCVBUF, isFlag: false },
} as const;
const NAMES = [...(Object.keys(SYSTEM_OPTIONS) as (keyof typeof SYSTEM_OPTIONS)[]), 'lingerZero'] as const;
type Name = (typeof NAMES)[number];

/** Those of SocketOptions that setsockopt(2) takes on an open socket. */
export type SettableOptions = Pick<SocketOptions, Name>;

/**
 * setsockopt(2) for each option of its own that is there, on a socket of Node's or a file descriptor (net.BoundSocket's
 * `fd()`, before it connects). Where the C library cannot be had only `noDelay` and `keepAlive` can be set.
 * @throws {Error} `code` EBADF: the socket is closed; ENOPROTOOPT: this socket or this system has no such option.
 */
export function setSocketOptions(socket: Socket | number, options: SettableOptions): void {
  for (const name of NAMES) {
    const value = options[name];
    if (value === undefined) continue;
    if (libc) setByFd(libc, openFd(socket), name, Number(value));
    else setByNode(socket, name, Boolean(value));
  }
}

/** getsockopt(2) of every option the socket has; sizes are the kernel's, which doubles what was set (socket(7)). */
export function getSocketOptions(socket: Socket | number): SettableOptions {
  if (!libc) return {};
  const fd = openFd(socket);
  const values: Partial<Record<Name, boolean | number>> = {};
  for (const name of NAMES) {
    if (name === 'lingerZero') continue;
    const { level, name: option, isFlag } = SYSTEM_OPTIONS[name];
    const value = readOption(libc, fd, level, option, 4);
    if (value) values[name] = isFlag ? value.readInt32LE() !== 0 : value.readInt32LE();
  }
  const linger = readOption(libc, fd, SOL_SOCKET, SO_LINGER, LINGER_BYTES);
  if (linger) values.lingerZero = linger.readInt32LE(0) !== 0 && linger.readInt32LE(4) === 0;
  return values as SettableOptions;
}

/** struct linger: int onoff, int seconds. */
const LINGER_BYTES = 8;

function setByFd(calls: Libc, fd: number, name: Name, value: number): void {
  const { level, name: option } = name === 'lingerZero' ? { level: SOL_SOCKET, name: SO_LINGER } : SYSTEM_OPTIONS[name];
  const bytes = name === 'lingerZero' ? Buffer.concat([encodeInt(value), encodeInt(0)]) : encodeInt(value);
  checked(calls, 'setsockopt', calls.setsockopt(fd, level, option, bytes, bytes.length), name);
}

function setByNode(socket: Socket | number, name: Name, value: boolean): void {
  if (socket instanceof Socket && name === 'noDelay') socket.setNoDelay(value);
  else if (socket instanceof Socket && name === 'keepAlive') socket.setKeepAlive(value);
  else throw new SystemError('setsockopt', 'ENOPROTOOPT', name);
}

function openFd(socket: Socket | number): number {
  const fd = typeof socket === 'number' ? socket : fdOf(socket);
  if (fd === undefined) throw new SystemError('setsockopt', 'EBADF');
  return fd;
}

function readOption(calls: Libc, fd: number, level: number, name: number, bytes: number): Buffer | undefined {
  const value = Buffer.alloc(bytes);
  return calls.getsockopt(fd, level, name, value, encodeInt(bytes)) < 0 ? undefined : value;
}
