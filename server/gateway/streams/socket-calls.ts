import { PlaygroundError } from '../../../protocol/errors.ts';
import { type CallOf, type CallOutcome, SocketCall, type SocketCallName } from '../../../protocol/messages/calls.ts';
import { decodeMessage } from '../../../protocol/messages/codec.ts';
import type { StreamHost } from './stream-host.ts';

/** One row a call, of one kind of socket or of none. A call without a row is UNSUPPORTED. */
export type CallTable<Callee> = {
  readonly [Name in SocketCallName]?: (callee: Callee, call: CallOf<Name>) => CallOutcome | Promise<CallOutcome>;
};

/** Makes the call that the table has under its name. `where`: what it is called on. @throws {PlaygroundError} UNSUPPORTED, by the promise */
export function runCall<Callee>(
  table: CallTable<Callee>,
  callee: Callee,
  call: SocketCall,
  where: string,
): Promise<CallOutcome> {
  // Of the type of the row tsc does not see that it is the one of this call's name.
  const run = table[call.call] as
    | ((callee: Callee, call: SocketCall) => CallOutcome | Promise<CallOutcome>)
    | undefined;
  return Promise.try(() => {
    if (!run) throw new PlaygroundError('UNSUPPORTED', `${call.call} ${where}`);
    return run(callee, call);
  });
}

/** A CALL frame of a stream. @throws {PlaygroundError} MESSAGE_INVALID: the session ends */
export function answerCall<Callee>(
  host: Pick<StreamHost, 'answer'>,
  stream: number,
  payload: Uint8Array,
  table: CallTable<Callee>,
  callee: Callee,
  where: string,
): void {
  const call = decodeMessage(SocketCall, payload);
  host.answer(stream, call.id, runCall(table, callee, call, where));
}
