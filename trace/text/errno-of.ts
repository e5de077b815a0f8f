import { isErrno, type SocketErrorCode } from '../../protocol/errors.ts';

/** What a program gets in place of a refusal that is the gateway's: shim/errnos.py has the same. */
export const REFUSALS: Readonly<Record<string, string>> = {
  CONNECT_TIMEOUT: 'ETIMEDOUT',
  IDLE_TIMEOUT: 'ETIMEDOUT',
  WRITE_TIMEOUT: 'ETIMEDOUT',
  NAME_UNRESOLVED: 'EHOSTUNREACH',
  DATAGRAM_TOO_LONG: 'EMSGSIZE',
  DATAGRAM_LIMIT: 'EMSGSIZE',
  SOCKET_LIMIT: 'ENFILE',
  STREAM_LIMIT: 'EMFILE',
  LISTENER_LIMIT: 'EMFILE',
  GATEWAY_UNREACHABLE: 'ENETDOWN',
  SESSION_GONE: 'ENETDOWN',
  INTERNAL: 'EIO',
  UNSUPPORTED: 'EOPNOTSUPP',
};

/** The errno of the exception that a Python program got. */
export function errnoOf(code: SocketErrorCode): string {
  return isErrno(code) ? code : (REFUSALS[code] ?? 'EACCES');
}
