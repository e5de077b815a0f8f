import { isIPv4, isIPv6 } from 'node:net';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { AF_INET, AF_INET6, AF_UNIX, type Libc } from './libc.ts';
import { SystemError } from './system-error.ts';

const SOCKADDR_IN_BYTES = 16;
const SOCKADDR_IN6_BYTES = 28;
const SUN_PATH_OFFSET = 2;
/** sun_path's length with its closing NUL (unix(7)). */
const SUN_PATH_BYTES = 108;
/** What an IPv6 address is written in at the longest, with its closing NUL (netinet/in.h). */
const INET6_ADDRSTRLEN = 46;
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
export function decodeSockaddr(calls: Libc, bytes: Buffer, length: number): Endpoint {
  const family = bytes.readUInt16LE(0);
  if (family === AF_INET || family === AF_INET6) {
    const text = Buffer.alloc(INET6_ADDRSTRLEN);
    calls.inet_ntop(family, bytes.subarray(family === AF_INET ? 4 : 8), text, text.length);
    return { host: text.toString('latin1', 0, text.indexOf(0)), port: bytes.readUInt16BE(2) };
  }
  if (length <= SUN_PATH_OFFSET) return { host: '', port: 0 };
  const name = bytes.subarray(SUN_PATH_OFFSET, length);
  if (name[0] === 0) return { host: ABSTRACT + name.toString('latin1', 1), port: 0 };
  const end = name.indexOf(0);
  return { host: name.toString('utf8', 0, end < 0 ? name.length : end), port: 0 };
}
