import type { Static, TSchema } from 'typebox';
import type { ErrorCode, PlaygroundError, SocketErrorCode } from '../../protocol/errors.ts';
import type { FrameType } from '../../protocol/frame.ts';
import type { CallOutcome } from '../../protocol/messages/calls.ts';
import { decodeMessage } from '../../protocol/messages/codec.ts';
import type { Welcome } from '../../protocol/messages/session.ts';
import type { FailedCall, Open } from '../../protocol/messages/socket.ts';

/** How an OPEN ended: the socket was there, or why it never was. */
export type OpenOutcome = SocketErrorCode | 'ok';

/** One session of a tab, its page's or a program's, as an extension sees it. */
export type TabSession = {
  readonly id: string;
  /** Of a program: the session of the page that it runs in. */
  readonly page: string | undefined;
  /** Sockets that the whole tab has open. */
  readonly socketCount: number;
  /** Where it came from, as far as that can be told: a class behind one router shares one address. */
  readonly network: string;
  /** Of the whole tab, its page and its programs. */
  readonly activity: Readonly<Activity>;
  /**
   * Sends a frame of the session. False: the tab reads too slowly, or has no WebSocket for an unnumbered one; nothing is sent.
   * @throws {PlaygroundError} FRAME_INVALID: the payload does not fit a frame
   */
  readonly tell: (type: FrameType, payload: Uint8Array) => boolean;
  /** Likewise, of an unnumbered frame that is encoded once for many tabs (`encodeFrame`), and is not changed any more. */
  readonly pass: (frame: Uint8Array<ArrayBuffer>) => boolean;
  /** Ends the session: its browser is told this error, and its sockets are reset. */
  readonly dismiss: (error: PlaygroundError) => void;
  /** Resets every socket of the session, which goes on; its browser is told this error of each. */
  readonly closeSockets: (error: PlaygroundError) => void;
  /** The room that the whole tab is in: its listeners are reached from that room alone, and those of a tab in no room from no room. */
  readonly enterRoom: (room: string | undefined) => void;
};

/** The call that a socket failed with, or was refused at, and why. */
export type SocketFailure = { readonly call: FailedCall; readonly code: SocketErrorCode };

/** What a tab has last done with its sockets. */
export type Activity = {
  /** The type of the last frame that was a call of the learner's, and above its 8 bits a count of them, which wraps. */
  mark: number;
};

/** What a browser may send that the gateway itself has no use for. */
export type ExtensionFrame = typeof FrameType.ROOM | typeof FrameType.MIRROR_UP;

/** WELCOME with this status; its WebSocket was lost; it is over. `resumed` may come without `detached` before it. */
export type TabChange = Welcome['status'] | 'detached' | 'out';

/** Reads a CALL, and gives what answers it. @throws {PlaygroundError} MESSAGE_INVALID: the session ends */
export type ExtensionCall = (payload: Uint8Array) => (session: TabSession) => CallOutcome | Promise<CallOutcome>;

/**
 * What joins the gateway from outside: a metric, an audit, a class room. There are many, asked in the order in which they were
 * given, after the gateway's own. Whatever one of them throws where it only looks on is a fault, and the others are still told.
 */
export type GatewayExtension = {
  /** Frames of the session (stream 0) that it takes. @throws {PlaygroundError} the session ends */
  readonly frames?: Partial<Record<ExtensionFrame, (session: TabSession, payload: Uint8Array) => void>>;
  /** CALLs that need no socket, by name. What its answer throws is the RESULT's code. */
  readonly calls?: Readonly<Record<string, ExtensionCall>>;
  readonly onTab?: (session: TabSession, change: TabChange) => void;
  /** Once for each OPEN, when it is known what came of it. */
  readonly onOutcome?: (session: TabSession, open: Open, outcome: OpenOutcome) => void;
  /** A socket has ended badly, or was refused: what its browser is told. */
  readonly onReset?: (session: TabSession, failure: SocketFailure) => void;
  /** Before each OPEN, once the gateway's limits permit it. @throws {PlaygroundError} what the browser is refused with */
  readonly mayOpen?: (session: TabSession, open: Open) => void;
  /** A HELLO or a socket was refused, or a session ended, by a rule of the gateway's. */
  readonly onRefused?: (code: ErrorCode) => void;
  /** Something was thrown that nobody foresaw; the session that it met has ended, or its call has failed. */
  readonly onFault?: (error: unknown) => void;
};

/** A call with these members. */
export function createCall<Schema extends TSchema>(
  schema: Schema,
  answer: (session: TabSession, call: Static<Schema>) => CallOutcome | Promise<CallOutcome>,
): ExtensionCall {
  return (payload) => {
    const call = decodeMessage(schema, payload);
    return (session) => answer(session, call);
  };
}
