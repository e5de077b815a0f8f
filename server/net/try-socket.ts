import type { TriedSocket } from '../../protocol/messages/calls.ts';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  type Libc,
  libc,
  SOCK_CLOEXEC,
  SOCK_RAW,
  SOCK_SEQPACKET,
  SOCK_STREAM,
} from './ffi/libc.ts';
import { errnoName } from './ffi/system-error.ts';

/** The families and types that the tutorial names, by Linux's numbers. */
const FAMILIES = { AF_UNIX, AF_INET, AF_INET6 } as const;
const TYPES = { SOCK_STREAM, SOCK_DGRAM: 2, SOCK_RAW, SOCK_RDM: 4, SOCK_SEQPACKET } as const;
/** IPPROTO_ICMP and IPPROTO_ICMPV6. */
const PING = { AF_UNIX: 0, AF_INET: 1, AF_INET6: 58 } as const;
export type SocketFamily = keyof typeof FAMILIES;
export type SocketType = keyof typeof TYPES;

/**
 * What socket(2) answers: `ok`, or the errno by name, of which EPERM (SOCK_RAW needs privileges) and ESOCKTNOSUPPORT
 * (no protocol of this type) are the instructive ones. The socket is closed at once. Undefined where it cannot be tried.
 * A protocol of 0 is the type's own; SOCK_RAW has none, and needs one such as 1 (ICMP).
 */
export function trySocket(family: SocketFamily, type: SocketType, protocol = 0): string | undefined {
  return libc && openAndClose(libc, FAMILIES[family], TYPES[type], protocol);
}

/** Every family with every type; a raw socket over IP with the protocol of its ping (1, 58), since it has none of its own. */
export function trySockets(): TriedSocket[] {
  const families = Object.keys(FAMILIES) as SocketFamily[];
  const types = Object.keys(TYPES) as SocketType[];
  return families.flatMap((family) =>
    types.flatMap((type) => {
      const protocol = type === 'SOCK_RAW' ? PING[family] : 0;
      const outcome = trySocket(family, type, protocol);
      return outcome === undefined ? [] : [{ family, type, protocol, outcome }];
    }),
  );
}

function openAndClose(calls: Libc, family: number, type: number, protocol: number): string {
  const fd = calls.socket(family, type | SOCK_CLOEXEC, protocol);
  if (fd < 0) return errnoName(calls.errno());
  calls.close(fd);
  return 'ok';
}
