import type { Static } from 'typebox';
import * as Type from 'typebox';
import { closed, Endpoint, Hex128, Micros, NodeName, Port, Text, U32 } from './fields.ts';
import { SocketOptions, SocketValues } from './options.ts';

function call<Name extends string, Members extends Type.TProperties>(name: Name, members: Members) {
  return Type.Object({ id: U32, call: Type.Literal(name), ...members }, closed);
}
const Host = Type.String({ maxLength: 256 });
/** The session of a program. */
const Program = Type.Optional(Hex128);

/** CALL `ticket`: leave for a program's session, a new one where none is named. */
export const TicketCall = call('ticket', { session: Program });
export type TicketCall = Static<typeof TicketCall>;
/** CALL `end`: that session, or one's own where none is named, opens no more sockets. */
export const EndCall = call('end', { session: Program });
export type EndCall = Static<typeof EndCall>;

/** CALL: one more system call on a stream (stream 0: none needed), answered by the RESULT of the same id. */
export const SocketCall = Type.Union([
  call('listen', { backlog: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })) }),
  call('connect', { host: Host, port: Port }),
  call('setsockopt', { options: SocketOptions }),
  call('getsockopt', {}),
  /** One recv(n) of a socket that is read by hand. */
  call('recv', { size: Type.Integer({ minimum: 1, maximum: 65_536 }) }),
  call('getaddrinfo', {
    host: Host,
    family: Type.Optional(Type.Union([Type.Literal(0), Type.Literal(4), Type.Literal(6)])),
  }),
  call('trysocket', {}),
  /** What is sent, a message each, through a SOCK_SEQPACKET echo with this n of recv(n). */
  call('seqpacket', {
    messages: Type.Array(Text, { maxItems: 16 }),
    receiveSize: Type.Integer({ minimum: 1, maximum: 65_536 }),
  }),
  TicketCall,
  EndCall,
]);
export type SocketCall = Static<typeof SocketCall>;
export type SocketCallName = SocketCall['call'];
/** The CALL of one name. */
export type CallOf<Name extends SocketCallName> = Extract<SocketCall, { readonly call: Name }>;

type WithoutId<Call> = Call extends unknown ? Omit<Call, 'id'> : never;
/** A CALL before it has a number. */
export type CallRequest = WithoutId<SocketCall>;

/** What is read first of a CALL without a socket; its other members depend on the call. */
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
    /** What recv(n) returned; 0 at EOF. The bytes come as DATA or DGRAM. */
    count: Type.Optional(U32),
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
/** What a call returned, or its error. */
export type CallOutcome = Omit<CallResult, 'id' | 'at'>;
