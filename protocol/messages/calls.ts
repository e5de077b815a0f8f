import type { Static } from 'typebox';
import * as Type from 'typebox';
import { closed, Endpoint, Hex128, Micros, NodeName, Port, Text, U32 } from './fields.ts';
import { SocketOptions, SocketValues } from './options.ts';

/** CALL: one more system call on a stream (stream 0: none needed), answered by the RESULT of the same id. */
export const SocketCall = Type.Object(
  {
    id: U32,
    call: Type.Union([
      Type.Literal('listen'),
      Type.Literal('connect'),
      Type.Literal('setsockopt'),
      Type.Literal('getsockopt'),
      Type.Literal('getaddrinfo'),
      Type.Literal('trysocket'),
      Type.Literal('seqpacket'),
      Type.Literal('ticket'),
      Type.Literal('end'),
    ]),
    host: Type.Optional(Type.String({ maxLength: 256 })),
    port: Type.Optional(Port),
    family: Type.Optional(Type.Union([Type.Literal(0), Type.Literal(4), Type.Literal(6)])),
    backlog: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
    options: Type.Optional(SocketOptions),
    /** Of `seqpacket`: what is sent, a message each, through a SOCK_SEQPACKET echo with this n of recv(n). */
    messages: Type.Optional(Type.Array(Text, { maxItems: 16 })),
    receiveSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_536 })),
    /** Of `ticket` and `end`: a program's session. A ticket without it is for a new one; without it, `end` is of one's own. */
    session: Type.Optional(Hex128),
  },
  closed,
);
export type SocketCall = Static<typeof SocketCall>;

/** Of a CALL without a socket, what everybody reads first; its other members are those of whoever answers it. */
export const CallHead = Type.Object({ id: U32, call: Type.String({ maxLength: 64 }) });

/** What socket(2) said to one family and type: `ok`, or an errno by its name. */
export const TriedSocket = Type.Object(
  {
    family: Type.String({ maxLength: 16 }),
    type: Type.String({ maxLength: 16 }),
    protocol: Type.Integer(),
    outcome: Type.String({ maxLength: 64 }),
  },
  closed,
);
export type TriedSocket = Static<typeof TriedSocket>;

/** One recv(n) of a message: what fitted, as text, and how long the message was. */
export const EchoedMessage = Type.Object({ text: Text, count: U32, length: U32 }, closed);
export type EchoedMessage = Static<typeof EchoedMessage>;

/** RESULT: `code` where the call failed; else what it returned. */
export const CallResult = Type.Object(
  {
    id: U32,
    at: Micros,
    code: Type.Optional(Type.String({ maxLength: 64 })),
    text: Type.Optional(Text),
    local: Type.Optional(Endpoint),
    remote: Type.Optional(Endpoint),
    outside: Type.Optional(Endpoint),
    backlog: Type.Optional(Type.Integer({ minimum: 0 })),
    addresses: Type.Optional(Type.Array(Type.Object({ host: Type.String(), family: Type.Integer() }, closed))),
    values: Type.Optional(SocketValues),
    tried: Type.Optional(Type.Array(TriedSocket, { maxItems: 64 })),
    echoed: Type.Optional(Type.Array(EchoedMessage, { maxItems: 16 })),
    /** For a program's HELLO, and whose session it is for. */
    ticket: Type.Optional(Hex128),
    session: Type.Optional(Hex128),
    /** The node where the ticket is good. */
    node: Type.Optional(NodeName),
  },
  closed,
);
export type CallResult = Static<typeof CallResult>;
