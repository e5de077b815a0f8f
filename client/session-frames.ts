import { type ErrorCode, isErrorCode, PlaygroundError } from '../protocol/errors.ts';
import { decodeFrames, encodeFrame, FrameType } from '../protocol/frame.ts';
import { decodeMessage, encodeMessage } from '../protocol/messages/codec.ts';
import { Goaway, type Hello, PROTOCOL_VERSION, Welcome } from '../protocol/messages/session.ts';
import type { Transport } from '../protocol/reliable/transport.ts';
import type { WebSocketPort } from './web-socket-port.ts';

/** The first message of the gateway. */
export type FirstMessage = { readonly welcome: Welcome } | { readonly goaway: Goaway };

export function sendHello(socket: WebSocketPort, hello: Omit<Hello, 'version'>): void {
  const payload = encodeMessage({ version: PROTOCOL_VERSION, ...hello });
  socket.send(encodeFrame({ type: FrameType.HELLO, seq: 0, stream: 0, payload }));
}

/** GOAWAY, past all that waits in the reliable layer: without it the gateway would keep every socket for the grace period. */
export function sendGoaway(transport: Transport): void {
  const payload = encodeMessage({ code: 'SESSION_GONE', text: 'the page was left' });
  try {
    transport.send(encodeFrame({ type: FrameType.GOAWAY, seq: 0, stream: 0, payload }), () => undefined);
  } catch {} // the WebSocket is cut: the gateway keeps the sockets for the grace period
}

/** @throws {PlaygroundError} FRAME_INVALID, MESSAGE_INVALID: neither WELCOME nor GOAWAY */
export function parseFirstMessage(message: Uint8Array): FirstMessage {
  const [first] = decodeFrames(message);
  if (first?.type === FrameType.GOAWAY) return { goaway: decodeMessage(Goaway, first.payload) };
  if (first?.type === FrameType.WELCOME) return { welcome: decodeMessage(Welcome, first.payload) };
  throw new PlaygroundError('MESSAGE_INVALID', 'no WELCOME');
}

/** A code of GOAWAY or of a close frame as one of ours. */
export function refusalCode(code: string): ErrorCode {
  return isErrorCode(code) ? code : 'INTERNAL';
}
