// The whole namespace, not the default export: a bundler leaves out of it what is not used.
import type { Static, TSchema } from 'typebox';
import * as Type from 'typebox';
import { Check } from 'typebox/schema';
import { PlaygroundError, type SocketErrorCode, toSocketErrorCode } from './errors.ts';
import { NODE_NAME } from './node-name.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** Raised when a frame's layout or a message's meaning changes; HELLO and WELCOME must agree on it. */
export const PROTOCOL_VERSION = 2;

const Port = Type.Integer({ minimum: 0, maximum: 65_535 });
const U32 = Type.Integer({ minimum: 0, maximum: 0xffff_ffff });
const Micros = Type.Integer({ minimum: 0 });
const Millis = Type.Integer({ minimum: 0 });
const NodeName = Type.String({ pattern: NODE_NAME });
const Hex128 = Type.String({ pattern: '^[0-9a-f]{32}$' });
const Text = Type.String({ maxLength: 1_024 });
const closed = { additionalProperties: false } as const;

/** One end of a connection. A Unix socket has its path in `host` (empty where it has none) and port 0. */
export const Endpoint = Type.Object({ host: Type.String({ maxLength: 256 }), port: Port }, closed);
export type Endpoint = Static<typeof Endpoint>;

/** HELLO, first frame of the browser: who it was, and the last reliable frame it has received. */
export const Hello = Type.Object(
  {
    version: Type.Integer({ minimum: 0 }),
    token: Type.Optional(Type.String({ maxLength: 256 })),
    resume: Type.Optional(Type.Object({ session: Hex128, secret: Hex128, received: U32 }, closed)),
    /** Of a program in the tab: leave that the page was given for it, good once. It shows no token and no secret. */
    ticket: Type.Optional(Type.Object({ ticket: Hex128, received: U32 }, closed)),
  },
  closed,
);
export type Hello = Static<typeof Hello>;

export const LabServer = Type.Object(
  {
    name: Type.String({ maxLength: 32 }),
    protocol: Type.Union([Type.Literal('tcp'), Type.Literal('udp')]),
    host: Type.String({ maxLength: 256 }),
    port: Port,
    /** The port it should have had; differs from `port` when that one was in use. */
    preferredPort: Port,
    path: Type.Optional(Type.String({ maxLength: 256 })),
    /** The backlog of listen(2), for TCP. */
    backlog: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Where a first visit goes: one that answers at once where several are in. */
    isFirst: Type.Optional(Type.Literal(true)),
  },
  closed,
);
export type LabServer = Static<typeof LabServer>;

export const Limits = Type.Object(
  {
    streams: Type.Integer(),
    listeners: Type.Integer(),
    framesPerSecond: Type.Integer(),
    framesBurst: Type.Integer(),
    bytesPerSecond: Type.Integer(),
    bytesBurst: Type.Integer(),
    opensPerSecond: Type.Integer(),
    opensBurst: Type.Integer(),
    datagramsPerSecond: Type.Integer(),
    windowBytes: Type.Integer(),
    unacknowledgedBytes: Type.Integer(),
    backlog: Type.Integer(),
    grace: Millis,
    connectTimeout: Millis,
  },
  closed,
);
export type Limits = Static<typeof Limits>;

export const PolicyMode = Type.Union([Type.Literal('class'), Type.Literal('allow-list'), Type.Literal('open')]);
export type PolicyMode = Static<typeof PolicyMode>;

/** WELCOME, first frame of the gateway. `gone`: the session asked for is past its grace period, this one is new. */
export const Welcome = Type.Object(
  {
    version: Type.Integer(),
    status: Type.Union([Type.Literal('new'), Type.Literal('resumed'), Type.Literal('gone')]),
    session: Hex128,
    /** Where the session is: every later dial, and those of the tab's programs, go to this node. */
    node: NodeName,
    /** What resumes the session; a program's comes back with another ticket. */
    secret: Type.Optional(Hex128),
    received: U32,
    /** The server's monotonic clock now, in µs, and the wall clock (ms since 1970) at that clock's zero, by a reading of both. */
    now: Micros,
    epoch: Type.Number(),
    mode: PolicyMode,
    queue: Type.Union([Type.Literal('kernel'), Type.Literal('emulated')]),
    lab: Type.Array(LabServer, { maxItems: 64 }),
    limits: Limits,
  },
  closed,
);
export type Welcome = Static<typeof Welcome>;

/**
 * How a proxy between the socket and its target misbehaves; the words are Toxiproxy's. What is absent it does well; an empty
 * object is a proxy that passes everything on. Byte counts begin where the trouble is set.
 */
export const Trouble = Type.Object(
  {
    /** Every byte arrives so much later … */
    latency: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    /** … give or take so much. */
    jitter: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    /** Pieces of so many bytes, 10 ms apart. */
    slice: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_536 })),
    /** Bytes per second. */
    bandwidth: Type.Optional(Type.Integer({ minimum: 20, maximum: 1_000_000_000 })),
    /** After so many bytes the connection is closed. */
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    /** After so many bytes it is reset. */
    reset: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    /** FIN comes so much later than the last byte. */
    slowClose: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    /** What is troubled: what comes back unless said otherwise. */
    direction: Type.Optional(Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('both')])),
  },
  closed,
);
export type Trouble = Static<typeof Trouble>;

export const SocketOptions = Type.Object(
  {
    noDelay: Type.Optional(Type.Boolean()),
    keepAlive: Type.Optional(Type.Boolean()),
    /** SO_LINGER {on, 0}: close(2) sends RST. */
    lingerZero: Type.Optional(Type.Boolean()),
    reuseAddress: Type.Optional(Type.Boolean()),
    localHost: Type.Optional(Type.String({ maxLength: 256 })),
    localPort: Type.Optional(Port),
    sendBuffer: Type.Optional(Type.Integer({ minimum: 1_024, maximum: 4_194_304 })),
    receiveBuffer: Type.Optional(Type.Integer({ minimum: 1_024, maximum: 4_194_304 })),
    /** The n of our own recv(n). */
    receiveSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_536 })),
    /** The n of the lab server's recv(n) on this connection. */
    peerReceiveSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_536 })),
    /**
     * On `listen`, `bound` and `udp`: a port that cannot be had on this machine is stood in for by a free one. Within the session
     * the socket has the port it asked for; OPENED tells the one that programs outside can reach.
     */
    mapPort: Type.Optional(Type.Boolean()),
    /** IPV6_V6ONLY on a listener. */
    ipv6Only: Type.Optional(Type.Boolean()),
    /** Stands a proxy between the socket and its target; on a socket that has one, changes it. */
    trouble: Type.Optional(Trouble),
  },
  closed,
);
export type SocketOptions = Static<typeof SocketOptions>;

/** What getsockopt(2) tells, which may be more than setsockopt(2) takes: buffers are the kernel's, and it doubles them. */
export const SocketValues = Type.Object(
  {
    noDelay: Type.Optional(Type.Boolean()),
    keepAlive: Type.Optional(Type.Boolean()),
    lingerZero: Type.Optional(Type.Boolean()),
    reuseAddress: Type.Optional(Type.Boolean()),
    sendBuffer: Type.Optional(U32),
    receiveBuffer: Type.Optional(U32),
    receiveSize: Type.Optional(U32),
  },
  closed,
);
export type SocketValues = Static<typeof SocketValues>;

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

/** OPENED: connect(2), bind(2) or listen(2) returned; `called` is when it was called. */
/** A connect(2) that failed before the one that counts: a name may have several addresses. */
export const ConnectAttempt = Type.Object(
  { remote: Endpoint, called: Micros, at: Micros, code: Type.String({ maxLength: 64 }) },
  closed,
);
export type ConnectAttempt = Static<typeof ConnectAttempt>;
const Tried = Type.Optional(Type.Array(ConnectAttempt, { maxItems: 8 }));

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
export const Pending = Type.Object({ at: Micros, waiting: U32, max: U32, dropped: Type.Optional(U32) }, closed);
export type Pending = Static<typeof Pending>;

/** ACCEPTED, on the new even stream: accept(2) on `listener` returned. */
export const Accepted = Type.Object({ at: Micros, listener: U32, local: Endpoint, remote: Endpoint }, closed);
export type Accepted = Static<typeof Accepted>;

export const KernelState = Type.Object(
  {
    stream: U32,
    /** RFC 9293's spelling. */
    state: Type.String({ maxLength: 16 }),
    /** SIOCINQ and SIOCOUTQ: bytes not yet read here, bytes not yet acknowledged by the peer. */
    receiveQueue: U32,
    sendQueue: U32,
    rtt: Micros,
    rttVariance: Micros,
    retransmitTimeout: Micros,
    congestionWindow: U32,
    slowStartThreshold: U32,
    retransmits: U32,
    totalRetransmits: U32,
    maxSegment: U32,
    sendWindow: Type.Optional(U32),
    /** What TIME-WAIT has left. */
    timer: Type.Optional(Millis),
  },
  closed,
);
export type KernelState = Static<typeof KernelState>;

/** STATS: how things stand now; a later one replaces it. `at` and `epoch` are WELCOME's `now` and `epoch`, read anew. */
export const Stats = Type.Object(
  {
    at: Micros,
    epoch: Type.Number(),
    lab: Type.Array(
      Type.Object(
        {
          name: Type.String({ maxLength: 32 }),
          waiting: U32,
          max: U32,
          served: U32,
          connected: U32,
          /** Of a server that serves one client at a time: when it accepted the one that it serves now. */
          since: Type.Optional(Micros),
        },
        closed,
      ),
      { maxItems: 64 },
    ),
    kernel: Type.Array(KernelState, { maxItems: 64 }),
  },
  closed,
);
export type Stats = Static<typeof Stats>;

/** WATCH: the streams whose kernel state somebody looks at. */
export const Watch = Type.Object({ streams: Type.Array(U32, { maxItems: 16 }) }, closed);
export type Watch = Static<typeof Watch>;

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

/** GOAWAY: the session ends on purpose. From the browser on `pagehide`, from the gateway when it stops or is the wrong one. */
export const Goaway = Type.Object(
  {
    code: Type.String({ maxLength: 64 }),
    text: Text,
    /** When to dial again; absent: as R9 says. */
    in: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
  },
  closed,
);
export type Goaway = Static<typeof Goaway>;

/** The code of a Reset, Goaway or CallResult as one the catalogue has. */
export function codeOf(message: { readonly code?: string }): SocketErrorCode {
  return toSocketErrorCode(message.code);
}

export function encodeMessage(message: object): Uint8Array<ArrayBuffer> {
  return encodeUtf8(JSON.stringify(message));
}

/** Parses and checks a JSON payload. @throws {PlaygroundError} MESSAGE_INVALID */
export function decodeMessage<Schema extends TSchema>(schema: Schema, payload: Uint8Array): Static<Schema> {
  const text = decodeText(payload);
  const value = parseJson(text);
  if (!Check(schema, value)) throw new PlaygroundError('MESSAGE_INVALID', text.slice(0, SHOWN_CHARACTERS));
  return value as Static<Schema>;
}

/** How much of a bad message its error shows. */
const SHOWN_CHARACTERS = 200;

function decodeText(payload: Uint8Array): string {
  try {
    return decodeUtf8(payload);
  } catch (cause) {
    throw new PlaygroundError('MESSAGE_INVALID', 'not UTF-8', { cause });
  }
}
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PlaygroundError('MESSAGE_INVALID', 'not JSON', { cause });
  }
}
