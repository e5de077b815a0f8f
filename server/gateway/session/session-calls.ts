import { isIP } from 'node:net';
import { isUnforeseen, PlaygroundError } from '../../../protocol/errors.ts';
import { FrameType } from '../../../protocol/frame.ts';
import { CallHead, type CallOutcome, type CallResult, SocketCall } from '../../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../../protocol/messages/codec.ts';
import type { TabSession } from '../extension.ts';
import type { Extensions } from '../extensions.ts';
import type { Environment } from '../streams/environment.ts';
import { type CallTable, runCall } from '../streams/socket-calls.ts';
import { cutText } from '../streams/stream-end.ts';
import type { Tab } from './tab.ts';

export type SessionCallsOptions = {
  readonly environment: Pick<Environment, 'clock' | 'kernel' | 'dialler'>;
  readonly tab: Tab;
  /** Whose calls they are. */
  readonly session: TabSession;
  readonly extensions: Extensions;
  readonly send: (type: FrameType, stream: number, payload: Uint8Array) => void;
};

/** Calls that need no socket: names, and the lessons on families and types, which open and close sockets of their own. */
const CALLS: CallTable<SessionCallsOptions> = {
  trysocket: ({ environment }) => ({ tried: environment.kernel.trySockets() }),
  seqpacket: ({ environment }, { messages, receiveSize }) => ({
    echoed: environment.kernel.echoSeqpacket(messages, receiveSize),
  }),
  getaddrinfo: async ({ environment, tab }, { host, family }) => {
    const found = await environment.dialler.addressesOf(tab.destinations, host);
    const addresses = found
      .map((address) => ({ host: address, family: isIP(address) }))
      .filter((address) => !family || address.family === family);
    if (addresses.length === 0) throw new PlaygroundError('NAME_UNRESOLVED', `${host} has no such address`);
    return { addresses };
  },
};

/** The CALLs of one session and their RESULTs. Those without a socket are answered here, or by an extension. */
export class SessionCalls {
  readonly #options: SessionCallsOptions;

  constructor(options: SessionCallsOptions) {
    this.#options = options;
  }

  /** A CALL without a socket. @throws {PlaygroundError} MESSAGE_INVALID: the session ends */
  take(payload: Uint8Array): void {
    const { extensions, session, tab } = this.#options;
    const { id, call: name } = decodeMessage(CallHead, payload);
    const answered = extensions.call(name)?.(payload);
    if (answered) {
      this.answer(0, id, Promise.try(answered, session));
      return;
    }
    const call = decodeMessage(SocketCall, payload);
    const outcome = Promise.try(() => {
      // A name costs as much as a dial; a literal is answered at once.
      if (call.call !== 'getaddrinfo' || isIP(call.host) === 0) tab.budget.open();
      return runCall(CALLS, this.#options, call, 'without a socket');
    });
    this.answer(0, id, outcome);
  }

  /** A CALL on a socket that has ended. @throws {PlaygroundError} MESSAGE_INVALID: the session ends */
  refuse(stream: number, payload: Uint8Array): void {
    const { id } = decodeMessage(SocketCall, payload);
    this.answer(stream, id, Promise.reject(new PlaygroundError('SOCKET_CLOSED', `stream ${stream} has ended`)));
  }

  /** Sends RESULT, whenever `outcome` is there; what it throws becomes the RESULT's code. */
  answer(stream: number, id: number, outcome: Promise<CallOutcome>): void {
    const { environment, extensions, send } = this.#options;
    const reply = (result: CallOutcome): void => {
      const message: CallResult = { id, at: environment.clock.nowMicros(), ...result };
      send(FrameType.RESULT, stream, encodeMessage(message));
    };
    outcome.then(reply, (error: NodeJS.ErrnoException) => {
      if (isUnforeseen(error)) extensions.onFault(error);
      const code = error instanceof PlaygroundError ? error.code : (error.code ?? 'INTERNAL');
      reply({ code, text: cutText(error.message) });
    });
  }
}
