import type { Static } from 'typebox';
import * as Type from 'typebox';
import { type SocketErrorCode, toSocketErrorCode } from '../errors.ts';
import { closed, Endpoint, Micros, Port, Text, U32 } from './fields.ts';
import { SocketOptions } from './options.ts';

/**
 * OPEN: what kind of socket, and its remote endpoint (`tcp`, `unix`) or its local one (`listen`, `udp`, `bound`).
 * `bound` is a TCP socket that is bound and no more: CALL listen or connect goes on from there.
 */
export const Open = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('tcp'),
      Type.Literal('unix'),
      Type.Literal('udp'),
      Type.Literal('listen'),
      Type.Literal('bound'),
      Type.Literal('seqpacket'),
    ]),
    host: Type.String({ maxLength: 256 }),
    port: Port,
    backlog: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
    options: Type.Optional(SocketOptions),
  },
  closed,
);
export type Open = Static<typeof Open>;

/** A connect(2) that failed before the one that counts: a name may have several addresses. */
export const ConnectAttempt = Type.Object(
  { remote: Endpoint, called: Micros, at: Micros, code: Type.String({ maxLength: 64 }) },
  closed,
);
export type ConnectAttempt = Static<typeof ConnectAttempt>;
const Tried = Type.Optional(Type.Array(ConnectAttempt, { maxItems: 8 }));

/** OPENED: connect(2), bind(2) or listen(2) returned; `called` is when it was called. */
export const Opened = Type.Object(
  {
    called: Micros,
    at: Micros,
    local: Endpoint,
    remote: Type.Optional(Endpoint),
    /** The lab server at the other end, by name: its calls will come as EVENTs. */
    lab: Type.Optional(Type.String({ maxLength: 32 })),
    queue: Type.Optional(Type.Union([Type.Literal('kernel'), Type.Literal('emulated')])),
    backlog: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Where programs outside reach a socket whose port is stood in for (SocketOptions.mapPort). */
    outside: Type.Optional(Endpoint),
    /** The troubled proxy that the socket is connected to in place of `remote` (SocketOptions.trouble). */
    proxy: Type.Optional(Endpoint),
    /** The proxy's own end of its connection to `remote`: what the program there sees as its peer. */
    onward: Type.Optional(Endpoint),
    /** Of the name's addresses those that were tried before `remote`. */
    tried: Tried,
  },
  closed,
);
export type Opened = Static<typeof Opened>;

/** A call that can end a socket badly. */
export const FailedCall = Type.Union([
  Type.Literal('socket'),
  Type.Literal('setsockopt'),
  Type.Literal('bind'),
  Type.Literal('listen'),
  Type.Literal('connect'),
  Type.Literal('send'),
  Type.Literal('recv'),
  Type.Literal('sendto'),
  Type.Literal('recvfrom'),
  Type.Literal('shutdown'),
]);
export type FailedCall = Static<typeof FailedCall>;

/**
 * RST from the gateway: how a socket ended badly, or why it was refused. `code` is a key of the catalogue. Where several
 * addresses of a name were tried, `tried` are all of them but the last.
 */
export const Reset = Type.Object(
  {
    at: Micros,
    code: Type.String({ maxLength: 64 }),
    text: Text,
    /** The call that failed. */
    call: Type.Optional(FailedCall),
    /** Of an OPEN that failed: when its calls began, and the address that connect(2) was given. Without it there was no socket. */
    called: Type.Optional(Micros),
    remote: Type.Optional(Endpoint),
    tried: Tried,
  },
  closed,
);
export type Reset = Static<typeof Reset>;

/**
 * PENDING: the accept queue of a listener of one's own; or the queue of a datagram socket towards the browser, with how
 * many datagrams it had no room for so far.
 */
export const Pending = Type.Object(
  { at: Micros, waiting: U32, max: U32, dropped: Type.Optional(U32), tooLong: Type.Optional(U32) },
  closed,
);
export type Pending = Static<typeof Pending>;

/** ACCEPTED, on the new even stream: accept(2) on `listener` returned. */
export const Accepted = Type.Object({ at: Micros, listener: U32, local: Endpoint, remote: Endpoint }, closed);
export type Accepted = Static<typeof Accepted>;

/** The code of a Reset, Goaway or CallResult as one the catalogue has. */
export function codeOf(message: { readonly code?: string }): SocketErrorCode {
  return toSocketErrorCode(message.code);
}
