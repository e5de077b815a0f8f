import { errnoName, SystemError } from './system-error.ts';

/** Linux's numbers, the same on x64 and arm64 (include/uapi/asm-generic). */
export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;
export const AF_NETLINK = 16;
export const SOCK_STREAM = 1;
export const SOCK_RAW = 3;
export const SOCK_SEQPACKET = 5;
export const SOCK_NONBLOCK = 0o4000;
export const SOCK_CLOEXEC = 0o2000000;
export const SOL_SOCKET = 1;
export const SO_REUSEADDR = 2;
export const SO_SNDBUF = 7;
export const SO_RCVBUF = 8;
export const SO_KEEPALIVE = 9;
export const SO_LINGER = 13;
export const SO_MEMINFO = 55;
export const IPPROTO_TCP = 6;
export const TCP_NODELAY = 1;
export const TCP_INFO = 11;
export const IPPROTO_IPV6 = 41;
export const IPV6_V6ONLY = 26;
export const POLLIN = 1;
/** ioctl(2) requests: bytes to be read, bytes sent and not yet acknowledged. */
export const SIOCINQ = 0x541b;
export const SIOCOUTQ = 0x5411;

/** The C library's calls that Node does not offer. Each answers -1 when it fails; `errno` says why. */
export type Libc = {
  readonly socket: (family: number, type: number, protocol: number) => number;
  readonly bind: (fd: number, address: Uint8Array, bytes: number) => number;
  readonly listen: (fd: number, backlog: number) => number;
  readonly connect: (fd: number, address: Uint8Array, bytes: number) => number;
  readonly accept4: (fd: number, address: Uint8Array, bytes: Uint8Array, flags: number) => number;
  readonly close: (fd: number) => number;
  readonly shutdown: (fd: number, how: number) => number;
  readonly poll: (fds: Uint8Array, count: number, timeout: number) => number;
  readonly getsockname: (fd: number, address: Uint8Array, bytes: Uint8Array) => number;
  readonly getsockopt: (fd: number, level: number, name: number, value: Uint8Array, bytes: Uint8Array) => number;
  readonly setsockopt: (fd: number, level: number, name: number, value: Uint8Array, bytes: number) => number;
  readonly ioctl: (fd: number, request: number, value: Uint8Array) => number;
  readonly send: (fd: number, bytes: Uint8Array, count: number, flags: number) => number;
  readonly recv: (fd: number, bytes: Uint8Array, count: number, flags: number) => number;
  readonly inet_pton: (family: number, text: string, address: Uint8Array) => number;
  readonly inet_ntop: (family: number, address: Uint8Array, text: Uint8Array, bytes: number) => unknown;
  readonly errno: () => number;
};

const SIGNATURES = {
  socket: 'int socket(int, int, int)',
  bind: 'int bind(int, uint8_t *, uint32_t)',
  listen: 'int listen(int, int)',
  connect: 'int connect(int, uint8_t *, uint32_t)',
  accept4: 'int accept4(int, uint8_t *, uint8_t *, int)',
  close: 'int close(int)',
  shutdown: 'int shutdown(int, int)',
  poll: 'int poll(uint8_t *, unsigned long, int)',
  getsockname: 'int getsockname(int, uint8_t *, uint8_t *)',
  getsockopt: 'int getsockopt(int, int, int, uint8_t *, uint8_t *)',
  setsockopt: 'int setsockopt(int, int, int, uint8_t *, uint32_t)',
  ioctl: 'int ioctl(int, unsigned long, uint8_t *)',
  send: 'int64_t send(int, uint8_t *, uint64_t, int)',
  recv: 'int64_t recv(int, uint8_t *, uint64_t, int)',
  inet_pton: 'int inet_pton(int, const char *, uint8_t *)',
  inet_ntop: 'void *inet_ntop(int, uint8_t *, uint8_t *, uint32_t)',
} as const satisfies Record<Exclude<keyof Libc, 'errno'>, string>;

/** Undefined on other systems, and where koffi has no build for this one. */
export const libc: Libc | undefined = await loadLibc();

async function loadLibc(): Promise<Libc | undefined> {
  if (process.platform !== 'linux' || (process.arch !== 'x64' && process.arch !== 'arm64')) return undefined;
  const koffi = await import('koffi').then(
    (module) => module.default,
    () => undefined,
  );
  if (!koffi) return undefined;
  const self = koffi.load(null);
  const calls = Object.entries(SIGNATURES).map(([name, signature]) => [name, self.func(signature)]);
  return { ...Object.fromEntries(calls), errno: () => koffi.errno() } as Libc;
}

/** What the call answered, unless that was a failure. @throws {SystemError} */
export function checked(calls: Libc, syscall: string, result: number, subject?: string): number {
  if (result < 0) throw new SystemError(syscall, errnoName(calls.errno()), subject);
  return result;
}

/** A C int in memory. */
export function encodeInt(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
