import type { Static } from 'typebox';
import * as Type from 'typebox';
import { closed, Hex128, Micros, Millis, NodeName, Port, Text, U32 } from './fields.ts';

/** Raised when a frame's layout or a message's meaning changes; HELLO and WELCOME must agree on it. */
export const PROTOCOL_VERSION = 2;

/** HELLO, the browser's first frame: its session, if it resumes one, and the last reliable frame that it received. */
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

const RoomsEntry = Type.Union([Type.Literal('open'), Type.Literal('token'), Type.Literal('room')]);
export type RoomsEntry = Static<typeof RoomsEntry>;

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
    /** There are rooms here. `open`: sockets outside of them too; `token`: for those with the token; `room`: in a room alone. */
    rooms: Type.Optional(RoomsEntry),
    /** The host serves no Python: programs cannot run in the tab. */
    python: Type.Optional(Type.Literal(false)),
  },
  closed,
);
export type Welcome = Static<typeof Welcome>;

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
