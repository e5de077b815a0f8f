import type { ClientStream, StreamHandler } from '../../../client/stream.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { Open } from '../../../protocol/messages/socket.ts';

/** What the worker's sockets use of the stream behind them. */
export type ProgramStream = Pick<
  ClientStream,
  'id' | 'canSend' | 'isOver' | 'send' | 'sendTo' | 'shutdown' | 'close' | 'reset' | 'accept' | 'call' | 'consume'
>;

/** What a Python process asks of its gateway session. The gateway checks every OPEN against budgets and policy, whoever asks. */
export type SocketGateway = {
  readonly open: (open: Open, handler: StreamHandler) => ProgramStream;
  /** Addresses of a name, `address address …`; `!CODE` where there is none. */
  readonly resolve: (host: string, family: 0 | 4 | 6) => Promise<string>;
  /** What was asked for leaves now: while Python computes, no microtask runs. */
  readonly flush: () => void;
  /** The port a program asked for is another one outside the tab: bind(2) had to be given a free one. */
  readonly onStandIn: (asked: Endpoint, outside: Endpoint) => void;
};
