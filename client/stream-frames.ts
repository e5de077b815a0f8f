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
import type { Microseconds } from '../protocol/units.ts';
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

/** Returns the time that the frame tells of, by the server's clock; 0: none. */
type TakeFrame = (sink: FrameSink, entry: StreamEntry, payload: Uint8Array) => Microseconds;

/** One row a type: what a frame of a stream does, and which callback it becomes. @throws {PlaygroundError} MESSAGE_INVALID */
export const STREAM_FRAMES: Partial<Record<number, TakeFrame>> = {
  [FrameType.OPENED]: ({ callbacks }, { handler }, payload) => {
    const opened = decodeMessage(Opened, payload);
    callbacks.run(handler, handler.onOpened, opened);
    return opened.at;
  },
  [FrameType.DATA]: ({ callbacks }, { stream, handler }, payload) => {
    const { at, bytes } = decodeReceived(payload);
    stream.receive(bytes.length);
    callbacks.run(handler, handler.onData, at, bytes);
    return at;
  },
  [FrameType.SENT]: ({ callbacks }, { handler }, payload) => {
    const records = decodeSent(payload);
    callbacks.run(handler, handler.onSent, records);
    return records.at(-1)?.at ?? 0;
  },
  [FrameType.EVENT]: ({ callbacks }, { handler }, payload) => {
    const event = decodeEvent(payload);
    callbacks.run(handler, handler.onEvent, event);
    return event.at;
  },
  [FrameType.CREDIT]: (sink, { stream }, payload) => {
    stream.grant(decodeU32(payload));
    sink.wake(stream);
    return 0;
  },
  [FrameType.FIN]: ({ callbacks }, { handler }, payload) => {
    const at = decodeTime(payload);
    callbacks.run(handler, handler.onFin, at);
    return at;
  },
  [FrameType.CLOSED]: (sink, { stream, handler }, payload) => {
    const at = decodeTime(payload);
    sink.finish(stream.id);
    sink.callbacks.run(handler, handler.onClosed, at);
    return at;
  },
  [FrameType.RST]: (sink, { stream, handler }, payload) => {
    const reset = decodeMessage(Reset, payload);
    sink.finish(stream.id);
    sink.callbacks.run(handler, handler.onReset, reset);
    return reset.at;
  },
  [FrameType.DGRAM]: ({ callbacks }, { handler }, payload) => {
    const datagram = decodeDatagram(payload);
    callbacks.run(handler, handler.onDatagram, datagram);
    return datagram.at;
  },
  [FrameType.PENDING]: ({ callbacks }, { handler }, payload) => {
    callbacks.run(handler, handler.onPending, decodeMessage(Pending, payload));
    return 0;
  },
};
