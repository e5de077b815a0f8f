/** What happens in a room. */
const ROOM_ERRORS = {
  /** No such code, or one that lets nobody in: whoever tries codes learns nothing of the one or the other. */
  ROOM_UNKNOWN: { statusCode: 404, closeCode: 1008 },
  ROOM_LOCKED: { statusCode: 403, closeCode: 1008 },
  ROOM_FULL: { statusCode: 503, closeCode: 1013 },
  ROOM_ENDED: { statusCode: 410, closeCode: 1008 },
  /** This playground opens sockets for those alone who are in a room. */
  ROOM_NEEDED: { statusCode: 403, closeCode: 1008 },
  ROOM_RATE_EXCEEDED: { statusCode: 429, closeCode: 1008 },
  SEAT_UNKNOWN: { statusCode: 404, closeCode: 1008 },
  SEAT_TAKEN: { statusCode: 409, closeCode: 1008 },
  SEAT_REMOVED: { statusCode: 403, closeCode: 1008 },
  NAME_INVALID: { statusCode: 400, closeCode: 1008 },
  KEY_INVALID: { statusCode: 401, closeCode: 1008 },
  CLOSED_BY_INSTRUCTOR: { statusCode: 403, closeCode: 1008 },
} as const;

/**
 * Every failure this program reports: its HTTP status and WebSocket close code (RFC 6455 §7.4.1). The code goes on the
 * wire and keys the sentence that a person reads, so each one has an entry in every language's catalogue.
 */
const ERRORS = {
  // What a peer of the gateway did wrong: ends the WebSocket.
  FRAME_INVALID: { statusCode: 400, closeCode: 1002 },
  MESSAGE_INVALID: { statusCode: 400, closeCode: 1002 },
  SEQUENCE_GAP: { statusCode: 400, closeCode: 1002 },
  ACK_INVALID: { statusCode: 400, closeCode: 1002 },
  STREAM_INVALID: { statusCode: 400, closeCode: 1002 },
  CREDIT_OVERDRAFT: { statusCode: 400, closeCode: 1002 },
  RING_FULL: { statusCode: 500, closeCode: 1011 },
  HELLO_TIMEOUT: { statusCode: 408, closeCode: 1008 },
  VERSION_UNSUPPORTED: { statusCode: 400, closeCode: 1002 },
  // Who may come in.
  ORIGIN_FORBIDDEN: { statusCode: 403, closeCode: 1008 },
  HOST_FORBIDDEN: { statusCode: 421, closeCode: 1008 },
  REQUEST_INVALID: { statusCode: 400, closeCode: 1008 },
  PAGE_MISSING: { statusCode: 404, closeCode: 1008 },
  TOKEN_INVALID: { statusCode: 401, closeCode: 1008 },
  TICKET_INVALID: { statusCode: 401, closeCode: 1008 },
  SESSION_GONE: { statusCode: 410, closeCode: 1008 },
  SESSION_REPLACED: { statusCode: 409, closeCode: 1008 },
  SESSION_LIMIT: { statusCode: 503, closeCode: 1013 },
  WRONG_NODE: { statusCode: 421, closeCode: 1013 },
  // Budgets and limits.
  FRAME_RATE_EXCEEDED: { statusCode: 429, closeCode: 1008 },
  OPEN_RATE_EXCEEDED: { statusCode: 429, closeCode: 1008 },
  DESTINATION_RATE_EXCEEDED: { statusCode: 429, closeCode: 1008 },
  STREAM_LIMIT: { statusCode: 429, closeCode: 1008 },
  LISTENER_LIMIT: { statusCode: 429, closeCode: 1008 },
  SOCKET_LIMIT: { statusCode: 503, closeCode: 1013 },
  // What may be dialled.
  TARGET_INVALID: { statusCode: 400, closeCode: 1008 },
  TARGET_FORBIDDEN: { statusCode: 403, closeCode: 1008 },
  PORT_FORBIDDEN: { statusCode: 403, closeCode: 1008 },
  ADDRESS_FORBIDDEN: { statusCode: 403, closeCode: 1008 },
  LISTEN_FORBIDDEN: { statusCode: 403, closeCode: 1008 },
  DATAGRAM_TOO_LONG: { statusCode: 413, closeCode: 1008 },
  DATAGRAM_LIMIT: { statusCode: 413, closeCode: 1008 },
  // What a socket met that has no errno of its own.
  NAME_UNRESOLVED: { statusCode: 502, closeCode: 1011 },
  CONNECT_TIMEOUT: { statusCode: 504, closeCode: 1011 },
  IDLE_TIMEOUT: { statusCode: 504, closeCode: 1011 },
  WRITE_TIMEOUT: { statusCode: 504, closeCode: 1011 },
  // What a person typed.
  HOST_INVALID: { statusCode: 400, closeCode: 1008 },
  PORT_INVALID: { statusCode: 400, closeCode: 1008 },
  ESCAPE_INVALID: { statusCode: 400, closeCode: 1008 },
  HEX_INVALID: { statusCode: 400, closeCode: 1008 },
  SOCKET_CLOSED: { statusCode: 409, closeCode: 1008 },
  GATEWAY_UNREACHABLE: { statusCode: 503, closeCode: 1013 },
  ARGUMENT_INVALID: { statusCode: 400, closeCode: 1011 },
  /** A pack of lessons; the message names the file, the place in it and the reason. */
  LESSONS_INVALID: { statusCode: 400, closeCode: 1008 },
  CONFIG_INVALID: { statusCode: 400, closeCode: 1011 },
  ...ROOM_ERRORS,
  UNSUPPORTED: { statusCode: 501, closeCode: 1011 },
  INTERNAL: { statusCode: 500, closeCode: 1011 },
} as const;

/** The system's own errors that a socket call can end with, by their POSIX names; the numbers are Linux's. */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  EPIPE: 32,
  EPROTOTYPE: 91,
  ENOTSOCK: 88,
  EDESTADDRREQ: 89,
  EMSGSIZE: 90,
  ENOPROTOOPT: 92,
  EPROTONOSUPPORT: 93,
  ESOCKTNOSUPPORT: 94,
  EOPNOTSUPP: 95,
  EAFNOSUPPORT: 97,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETDOWN: 100,
  ENETUNREACH: 101,
  ECONNABORTED: 103,
  ECONNRESET: 104,
  ENOBUFS: 105,
  EISCONN: 106,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
  EALREADY: 114,
  EINPROGRESS: 115,
} as const;

export type Errno = keyof typeof ERRNO;
export type ErrorCode = keyof typeof ERRORS;
export type RoomErrorCode = keyof typeof ROOM_ERRORS;
/** What can end a socket: a failure of ours, or the system's errno by name. */
export type SocketErrorCode = ErrorCode | Errno;

export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[];
export const ERRNO_NAMES = Object.keys(ERRNO) as readonly Errno[];

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
export function isErrno(code: string): code is Errno {
  return Object.hasOwn(ERRNO, code);
}
/** Unknown codes become INTERNAL. */
export function toSocketErrorCode(code: string | undefined): SocketErrorCode {
  if (code === undefined) return 'INTERNAL';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') return 'NAME_UNRESOLVED';
  return isErrno(code) || isErrorCode(code) ? code : 'INTERNAL';
}

/** Match on `code`, never on `message`: the code goes on the wire and keys the translation. */
export class PlaygroundError extends Error {
  override readonly name = 'PlaygroundError';
  readonly code: ErrorCode;
  /** Read by Fastify's error handler. */
  readonly statusCode: number;
  readonly closeCode: number;
  /** Where in the text that was parsed, in UTF-16 units, as a text field counts its selection. */
  readonly position: number | undefined;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { readonly position?: number }) {
    super(message, options);
    this.code = code;
    this.position = options?.position;
    this.statusCode = ERRORS[code].statusCode;
    this.closeCode = ERRORS[code].closeCode;
  }

  /** What was caught, as one of ours: anything unforeseen becomes INTERNAL with the original as cause. */
  static from(error: unknown): PlaygroundError {
    return error instanceof PlaygroundError ? error : new PlaygroundError('INTERNAL', 'unforeseen', { cause: error });
  }
}

/** The code of what was thrown: a failure of ours, or the system's. */
export function socketErrorOf(error: unknown): SocketErrorCode {
  if (error instanceof PlaygroundError) return error.code;
  const code = (error as { code?: unknown } | undefined)?.code;
  return toSocketErrorCode(typeof code === 'string' ? code : undefined);
}

/** Was something thrown that no code of ours stands for? A peer's faults and the system's have codes. */
export function isUnforeseen(error: unknown): boolean {
  if (error instanceof PlaygroundError) return error.code === 'INTERNAL' && error.cause !== undefined;
  return toSocketErrorCode((error as { code?: string } | undefined)?.code) === 'INTERNAL';
}

/** What `read` returns; undefined where it refuses with a PlaygroundError. What else it throws is thrown on. */
export function unlessRefused<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PlaygroundError) return undefined;
    throw error;
  }
}
