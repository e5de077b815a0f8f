import { isIPv4, isIPv6 } from 'node:net';
import type { Endpoint } from '../../protocol/messages.ts';
import { AF_INET, AF_INET6, AF_UNIX, type Libc } from './libc.ts';
import { SystemError } from './system-error.ts';

const SOCKADDR_IN_BYTES = 16;
const SOCKADDR_IN6_BYTES = 28;
const SUN_PATH_OFFSET = 2;
/** sun_path's length with its closing NUL (unix(7)). */
const SUN_PATH_BYTES = 108;
/** Holds any of the three: sockaddr_un is the longest, 110 bytes. */
export const SOCKADDR_BYTES = 128;

/** An abstract Unix name, which begins with NUL, is written with `@` as ss(8) writes it. */
const ABSTRACT = '@';

export function isUnixEndpoint({ host }: Endpoint): boolean {
  return host.startsWith('/') || host.startsWith(ABSTRACT);
}

/** AF_INET, AF_INET6 or AF_UNIX. @throws {SystemError} EINVAL where the host is no literal address and no path. */
export function familyOf(endpoint: Endpoint): number {
  if (isUnixEndpoint(endpoint)) return AF_UNIX;
  if (isIPv4(endpoint.host)) return AF_INET;
  if (isIPv6(endpoint.host)) return AF_INET6;
  throw new SystemError('bind', 'EINVAL', endpoint.host);
}

/** struct sockaddr_in, sockaddr_in6 or sockaddr_un. @throws {SystemError} EINVAL, ENAMETOOLONG */
export function encodeSockaddr(calls: Libc, endpoint: Endpoint): Buffer {
  const family = familyOf(endpoint);
  if (family === AF_UNIX) return encodeSockaddrUn(endpoint.host);
  const bytes = Buffer.alloc(family === AF_INET ? SOCKADDR_IN_BYTES : SOCKADDR_IN6_BYTES);
  bytes.writeUInt16LE(family, 0);
  bytes.writeUInt16BE(endpoint.port, 2);
  const address = bytes.subarray(family === AF_INET ? 4 : 8);
  if (calls.inet_pton(family, endpoint.host, address) !== 1) throw new SystemError('bind', 'EINVAL', endpoint.host);
  return bytes;
}

function encodeSockaddrUn(path: string): Buffer {
  const name = Buffer.from(path.startsWith(ABSTRACT) ? `\0${path.slice(1)}` : `${path}\0`);
  if (name.length > SUN_PATH_BYTES) throw new SystemError('bind', 'ENAMETOOLONG', path);
  const bytes = Buffer.alloc(SUN_PATH_OFFSET + name.length);
  bytes.writeUInt16LE(AF_UNIX, 0);
  name.copy(bytes, SUN_PATH_OFFSET);
  return bytes;
}

/** Reads what accept4(2) or getsockname(2) has written; an unnamed Unix socket has an empty host. */
export function decodeSockaddr(bytes: Buffer, length: number): Endpoint {
  const family = bytes.readUInt16LE(0);
  if (family === AF_INET) return { host: bytes.subarray(4, 8).join('.'), port: bytes.readUInt16BE(2) };
  if (family === AF_INET6) return { host: formatIpv6(bytes.subarray(8, 24)), port: bytes.readUInt16BE(2) };
  if (length <= SUN_PATH_OFFSET) return { host: '', port: 0 };
  const name = bytes.subarray(SUN_PATH_OFFSET, length);
  if (name[0] === 0) return { host: ABSTRACT + name.subarray(1).toString('latin1'), port: 0 };
  const end = name.indexOf(0);
  return { host: name.subarray(0, end < 0 ? name.length : end).toString(), port: 0 };
}

/** RFC 5952 §4: lower case, no leading zeros, the first of the longest runs of two or more zero groups as `::`. */
export function formatIpv6(address: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => address.readUInt16BE(index * 2));
  let start = 0;
  let length = 1;
  for (let first = 0; first < 8; first += 1) {
    let end = first;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - first > length) {
      start = first;
      length = end - first;
    }
  }
  const text = (from: number, to?: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return length < 2 ? text(0) : `${text(0, start)}::${text(start + length)}`;
}
