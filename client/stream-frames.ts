import { FrameType } from '../protocol/frame.ts';
import { decodeMessage } from '../protocol/messages/codec.ts';
import { Opened, Pending, Reset } from '../protocol/messages/socket.ts';
import {
  decodeDatagram,
  decodeEvent,
  decodeReceived,
  decodeSent,
  decodeTime,
  decodeU32,
} from '../protocol/payloads.ts';
import type { Callbacks } from './callbacks.ts';
import type { ClientStream, StreamHandler } from './stream.ts';

export type StreamEntry = { readonly stream: ClientStream; handler: StreamHandler };

/** The client, as a frame of a stream needs it. */
export type FrameSink = {
  readonly callbacks: Callbacks;
  /** The stream has credit. */
  readonly wake: (stream: ClientStream) => void;
  /** The stream is over. */
  readonly finish: (id: number) => void;
};

type TakeFrame = (sink: FrameSink, entry: StreamEntry, payload: Uint8Array) => void;

/** One row a type: what a frame of a stream does, and which callback it becomes. @throws {PlaygroundError} MESSAGE_INVALID */
export const STREAM_FRAMES: Partial<Record<number, TakeFrame>> = {
  [FrameType.OPENED]: ({ callbacks }, { handler }, payload) => {
    callbacks.run(handler, handler.onOpened, decodeMessage(Opened, payload));
  },
  [FrameType.DATA]: ({ callbacks }, { stream, handler }, payload) => {
    const { at, bytes } = decodeReceived(payload);
    stream.receive(bytes.length);
    callbacks.run(handler, handler.onData, at, bytes);
  },
  [FrameType.SENT]: ({ callbacks }, { handler }, payload) => {
    callbacks.run(handler, handler.onSent, decodeSent(payload));
  },
  [FrameType.EVENT]: ({ callbacks }, { handler }, payload) => {
    callbacks.run(handler, handler.onEvent, decodeEvent(payload));
  },
  [FrameType.CREDIT]: (sink, { stream }, payload) => {
    stream.grant(decodeU32(payload));
    sink.wake(stream);
  },
  [FrameType.FIN]: ({ callbacks }, { handler }, payload) => {
    callbacks.run(handler, handler.onFin, decodeTime(payload));
  },
  [FrameType.CLOSED]: (sink, { stream, handler }, payload) => {
    const at = decodeTime(payload);
    sink.finish(stream.id);
    sink.callbacks.run(handler, handler.onClosed, at);
  },
  [FrameType.RST]: (sink, { stream, handler }, payload) => {
    const reset = decodeMessage(Reset, payload);
    sink.finish(stream.id);
    sink.callbacks.run(handler, handler.onReset, reset);
  },
  [FrameType.DGRAM]: ({ callbacks }, { handler }, payload) => {
    callbacks.run(handler, handler.onDatagram, decodeDatagram(payload));
  },
  [FrameType.PENDING]: ({ callbacks }, { handler }, payload) => {
    callbacks.run(handler, handler.onPending, decodeMessage(Pending, payload));
  },
};
