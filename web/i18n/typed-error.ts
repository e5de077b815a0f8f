import type { SocketErrorCode } from '../../protocol/errors.ts';
import type { Messages } from './en.ts';
import type { ErrorText } from './error-text.ts';
import { type PortCall, pythonOfEscapes, pythonOfHex, pythonOfHost, pythonOfPort } from './python-of-input.ts';

/** What was typed, and where the parser stopped (in UTF-16 units); what the socket is that was to send it. */
export type Typed = {
  readonly text: string;
  readonly position?: number | undefined;
  readonly call?: PortCall;
  /** close() was called on it: a half-closed one has another exception. */
  readonly isClosed?: boolean;
};
type Typing = (t: Messages, typed: Typed) => Partial<ErrorText>;

const OF_INPUT: Partial<Readonly<Record<SocketErrorCode, Typing>>> = {
  ESCAPE_INVALID: (t, { text, position = 0 }) => ({
    what: escapeFault(t, text.slice(position)),
    python: pythonOfEscapes(text) ?? t.typed.escapeStands,
  }),
  HEX_INVALID: (_, { text }) => only(pythonOfHex(text)),
  PORT_INVALID: (t, { text, call = 'connect' }) => ({ python: pythonOfPort(text, call) ?? t.typed.portTaken }),
  HOST_INVALID: (t, { text }) => ({ python: pythonOfHost(text) ?? t.typed.hostTaken(text.trim()) }),
  SOCKET_CLOSED: (_, { isClosed }) => only(isClosed ? 'OSError: [Errno 9] Bad file descriptor' : undefined),
};

/** An error as it is told of what was typed: Python's line depends on it. */
export function typedError(t: Messages, code: SocketErrorCode, typed: Typed | undefined): ErrorText {
  return { ...t.errors[code], ...(typed && OF_INPUT[code]?.(t, typed)) };
}

function only(python: string | undefined): Partial<ErrorText> {
  return python === undefined ? {} : { python };
}

/** `rest` begins with the escape. */
function escapeFault({ typed, errors }: Messages, rest: string): string {
  if (!rest.startsWith('\\')) return errors.ESCAPE_INVALID.what;
  if (rest === '\\') return typed.escapeEnds;
  if (/^\\[0-7]/.test(rest)) return typed.escapeTooLarge;
  if (/^\\u(?:[0-9a-f]{4}|\{[0-9a-f]{1,6}\})/i.test(rest)) return typed.escapeNoCharacter;
  if (/^\\[ux]/.test(rest)) return typed.escapeShort;
  return typed.escapeUnknown(rest.match(/^\\./su)?.[0] ?? rest);
}
