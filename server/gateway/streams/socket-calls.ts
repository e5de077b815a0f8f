import type { Socket } from 'node:net';
import { isUnforeseen, PlaygroundError } from '../../../protocol/errors.ts';
import { FrameType } from '../../../protocol/frame.ts';
import { type CallResult, SocketCall } from '../../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../../protocol/messages/codec.ts';
import type { SocketOptions } from '../../../protocol/messages/options.ts';
import type { ByteCount } from '../../../protocol/units.ts';
import { cutText } from './stream-end.ts';
import type { StreamPort } from './stream-port.ts';

type Callee = {
  readonly id: number;
  readonly socket: Socket | undefined;
  readonly receiveSize: ByteCount;
  readonly setPeerReceiveSize: (size: ByteCount | undefined) => void;
  readonly onOptions: (options: SocketOptions) => void;
};

export type CallOutcome = Omit<CallResult, 'id' | 'at'>;

/** Answers a CALL, whenever `outcome` is there; what it throws becomes the RESULT's code. */
export function answer(port: StreamPort, stream: number, id: number, outcome: Promise<CallOutcome>): void {
  const reply = (result: CallOutcome): void => {
    const message: CallResult = { id, at: port.clock.nowMicros(), ...result };
    port.send(FrameType.RESULT, stream, encodeMessage(message));
  };
  outcome.then(reply, (error: NodeJS.ErrnoException) => {
    if (isUnforeseen(error)) port.onFault(error);
    const code = error instanceof PlaygroundError ? error.code : (error.code ?? 'INTERNAL');
    reply({ code, text: cutText(error.message) });
  });
}

/** Somebody waits for the answer: that this kind of socket has no such call. */
export function refuseCall(port: StreamPort, stream: number, payload: Uint8Array, kind: string): void {
  const { id, call } = decodeMessage(SocketCall, payload);
  answer(port, stream, id, Promise.reject(new PlaygroundError('UNSUPPORTED', `${call} on ${kind}`)));
}

/** The lessons on families and types, which open and close their own sockets; undefined where it is another call. */
export function callWithoutSocket({ kernel }: StreamPort, call: SocketCall): CallOutcome | undefined {
  if (call.call === 'trysocket') return { tried: kernel.trySockets() };
  if (call.call !== 'seqpacket') return undefined;
  return { echoed: kernel.echoSeqpacket(call.messages ?? [], call.receiveSize ?? 1_024) };
}

/** setsockopt(2) and getsockopt(2) on a connection. */
export function answerCall(port: StreamPort, callee: Callee, payload: Uint8Array): void {
  const { id, socket } = callee;
  const call = decodeMessage(SocketCall, payload);
  answer(
    port,
    id,
    call.id,
    Promise.try(() => {
      if (!socket) throw new PlaygroundError('SOCKET_CLOSED', 'no socket yet');
      if (call.call === 'getsockopt') {
        return { values: { ...port.kernel.optionsOf(socket), receiveSize: callee.receiveSize } };
      }
      if (call.call !== 'setsockopt') throw new PlaygroundError('UNSUPPORTED', `${call.call} on a connection`);
      port.kernel.setOptions(socket, call.options ?? {});
      callee.onOptions(call.options ?? {});
      if (call.options && 'peerReceiveSize' in call.options) callee.setPeerReceiveSize(call.options.peerReceiveSize);
      return {};
    }),
  );
}
