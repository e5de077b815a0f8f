import { isErrorCode, PlaygroundError } from '../../../protocol/errors.ts';
import { FrameType } from '../../../protocol/frame.ts';
import type { Open } from '../../../protocol/messages/socket.ts';
import type { TabSession } from '../extension.ts';
import type { Extensions } from '../extensions.ts';
import type { Environment } from '../streams/environment.ts';
import { encodeReset, type Failure } from '../streams/stream-end.ts';
import type { SocketAccount } from '../streams/stream-host.ts';
import { OpenOutcomes } from './open-outcomes.ts';
import type { Tab } from './tab.ts';

export type OpensOptions = {
  readonly environment: Pick<Environment, 'clock' | 'limits'>;
  readonly tab: Tab;
  readonly sockets: SocketAccount;
  readonly session: TabSession;
  readonly extensions: Extensions;
  readonly send: (type: FrameType, stream: number, payload: Uint8Array) => void;
};

/** The OPENs of one session: which may begin, and what each came to. */
export class Opens {
  readonly #options: OpensOptions;
  readonly #outcomes: OpenOutcomes;
  #lastOdd = -1;

  constructor(options: OpensOptions) {
    this.#options = options;
    const { extensions, session } = options;
    this.#outcomes = new OpenOutcomes((open, outcome) => extensions.onOutcome(session, open, outcome));
  }

  /** Has the session ever opened a socket? */
  get isUsed(): boolean {
    return this.#lastOdd > 0;
  }

  /**
   * Returns whether the socket may be opened; where not, RST has been sent.
   * @throws {PlaygroundError} STREAM_INVALID: the number is even or has been used
   */
  begin(id: number, open: Open): boolean {
    if (id % 2 === 0 || id <= this.#lastOdd) throw new PlaygroundError('STREAM_INVALID', `stream ${id} opened`);
    this.#lastOdd = id;
    this.#outcomes.begin(id, open);
    try {
      this.#checkLimits(open);
      return true;
    } catch (error) {
      const { code, message: text } = PlaygroundError.from(error);
      const failure = { code, text, call: 'socket' } as const;
      const { environment, send } = this.#options;
      this.settle(id, failure);
      send(FrameType.RST, id, encodeReset(environment.clock.nowMicros(), failure));
      return false;
    }
  }
  onOpened(id: number): void {
    this.#outcomes.settle(id, 'ok');
  }
  /** The stream ends, which may be long after it was opened. */
  settle(id: number, failure: Failure | undefined): void {
    this.#outcomes.settle(id, failure?.code ?? 'SOCKET_CLOSED');
    if (!failure) return;
    const { extensions, session } = this.#options;
    extensions.onReset(session, failure);
    if (isErrorCode(failure.code)) extensions.onRefused(failure.code);
  }
  /** The session is over. */
  end(): void {
    this.#outcomes.settleAll('SESSION_GONE');
  }

  #checkLimits(open: Open): void {
    const { environment, extensions, session, sockets, tab } = this.#options;
    tab.budget.open();
    if (!sockets.mayOpen(tab.heldCount)) {
      throw new PlaygroundError('SOCKET_LIMIT', `of ${environment.limits.sockets} sockets in all`);
    }
    if (open.kind === 'listen') tab.assertMayListen();
    else tab.assertMayConnect();
    extensions.mayOpen(session, open);
  }
}
