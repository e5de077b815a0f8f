import type { SocketErrorCode } from '../../../protocol/errors.ts';
import type { ConnectAttempt } from '../../../protocol/messages/socket.ts';
import { formatEndpoint } from '../../../protocol/target.ts';

/** More of a name's addresses are not tried. */
export const ATTEMPTS_MAX = 4;

/** The machine cannot reach the address's family or network at all: of the target it says nothing. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENETUNREACH', 'EHOSTUNREACH']);

/** What is told of a connect that failed for every address: the last one's error, as a program in a loop has it, and what was tried. */
export function failureOf(
  tried: readonly ConnectAttempt[],
  code: SocketErrorCode,
  text: string,
): { code: SocketErrorCode; text: string } {
  if (tried.length === 0) return { code, text };
  const told = tried.map(({ remote, code: failed }) => `${formatEndpoint(remote.host, remote.port)}: ${failed}`);
  const better = SAYS_NOTHING.has(code) ? tried.findLast((attempt) => !SAYS_NOTHING.has(attempt.code)) : undefined;
  return {
    code: (better?.code as SocketErrorCode | undefined) ?? code,
    text: `${text}; before that ${told.join(', ')}`,
  };
}
