import type { GatewayClient } from '../../client/gateway-client.ts';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Trouble } from '../../protocol/messages/options.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import type { FileChange } from './folder-files.ts';
import type { ProcessLook } from './process-look.ts';
import { ProgramTickets } from './program-tickets.ts';
import type { PythonUrls } from './python-files.ts';
import type {
  BlockedAt,
  ConsoleAnswer,
  FromWorker,
  Output,
  Pace,
  ProgramError,
  RunOptions,
  SocketsReport,
  ToWorker,
} from './worker-messages.ts';

export type ProcessHandler = {
  /** Python has started and waits for a program. */
  readonly onReady: (took: Milliseconds) => void;
  readonly onOutput: (output: readonly Output[]) => void;
  /** Whether the terminal shows what is typed. */
  readonly onEcho?: (isOn: boolean) => void;
  /** The program has changed a file of the folder. */
  readonly onFile: (change: FileChange) => void;
  /** What the program's sockets went through. */
  readonly onSockets: (report: SocketsReport) => void;
  readonly onBlocked: (blocked: readonly BlockedAt[]) => void;
  readonly onLook: (look: ProcessLook) => void;
  readonly onEvaluated?: (id: number, answer: ConsoleAnswer) => void;
  /** A thread ended with an exception. */
  readonly onRaised: (error: ProgramError) => void;
  readonly onExit: (code: number, error: ProgramError | undefined) => void;
  /** The interpreter broke, or could not be loaded. */
  readonly onDied: (message: string) => void;
  /** Programs outside the tab reach the port that was asked for under another number. */
  readonly onStandIn: (asked: Endpoint, outside: Endpoint) => void;
};

/** How long a program that has ended may still have something on its way to a peer that does not read. */
const LINGER: Milliseconds = 120_000;

/** One Python process, from its start to its end: a worker with a gateway session of its own, which the page lets in. */
export class PythonProcess {
  readonly #worker: Worker;
  readonly #tickets: ProgramTickets;
  readonly #handler: ProcessHandler;
  #isOver = false;
  #lingerTimer: ReturnType<typeof setTimeout> | undefined;

  /** `slice` is for stress tests alone: how soon a thread that does not wait lets others run. */
  constructor(client: GatewayClient, urls: PythonUrls, handler: ProcessHandler, slice?: Milliseconds) {
    this.#handler = handler;
    this.#worker = new Worker(new URL('./pyodide-worker.ts', import.meta.url), { type: 'module', name: 'python' });
    this.#tickets = new ProgramTickets(client);
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#onMessage(data);
    this.#worker.onerror = (event) => this.#onDied(event.message);
    this.#post({ type: 'boot', urls, ...(slice === undefined ? {} : { slice }) });
  }

  /** Once in a process's life. */
  run(options: RunOptions): void {
    this.#post({ type: 'run', ...options, node: this.#tickets.node });
  }
  /** Somebody else has changed a file of the folder. */
  putFile(change: FileChange): void {
    this.#post({ type: 'file', change });
  }
  /** A line typed, with its line feed. */
  type(text: string): void {
    this.#post({ type: 'input', text });
  }
  /** Ctrl+D. */
  endInput(): void {
    this.#post({ type: 'eof' });
  }
  /** Ctrl+C: KeyboardInterrupt in the main thread. */
  interrupt(): void {
    this.#post({ type: 'interrupt' });
  }
  setTrouble(trouble: Trouble | undefined): void {
    this.#post({ type: 'trouble', trouble });
  }
  /** A text typed to the running program, for a thread by its number. */
  evaluate(id: number, ident: number, text: string): void {
    this.#post({ type: 'evaluate', id, ident, text });
  }
  /** Whether its threads stand before their socket calls. */
  setPace(pace: Pace): void {
    this.#post({ type: 'pace', pace });
  }
  /** Ends it, whatever it does, and closes its sockets. */
  kill(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#terminate();
  }
  #terminate(): void {
    clearTimeout(this.#lingerTimer);
    this.#worker.terminate();
    this.#tickets.end();
  }
  /** Its last bytes may still be on their way. */
  #linger(): void {
    this.#isOver = true;
    this.#lingerTimer = setTimeout(() => this.#terminate(), LINGER);
  }

  #post(message: ToWorker): void {
    if (!this.#isOver) this.#worker.postMessage(message);
  }
  async #sendTicket(isNewSession: boolean): Promise<void> {
    const ticket = await this.#tickets.ticket(isNewSession);
    this.#post({ type: 'ticket', ...(ticket === undefined ? {} : { ticket }) });
  }
  #onMessage(message: FromWorker): void {
    if (this.#isOver) {
      if (message.type === 'settled') this.#terminate();
      else if (message.type === 'sockets') this.#handler.onSockets(message);
      return;
    }
    switch (message.type) {
      case 'ticket':
        void this.#sendTicket(message.isNewSession);
        break;
      case 'standIn':
        this.#handler.onStandIn(message.asked, message.outside);
        break;
      case 'output':
        this.#handler.onOutput(message.output);
        break;
      case 'echo':
        this.#handler.onEcho?.(message.isOn);
        break;
      case 'file':
        this.#handler.onFile(message.change);
        break;
      case 'sockets':
        this.#handler.onSockets(message);
        break;
      case 'blocked':
        this.#handler.onBlocked(message.blocked);
        break;
      case 'look':
        this.#handler.onLook(message.look);
        break;
      case 'evaluated':
        this.#handler.onEvaluated?.(message.id, message.answer);
        break;
      case 'raised':
        this.#handler.onRaised(message.error);
        break;
      case 'ready':
        this.#handler.onReady(message.took);
        break;
      case 'exit':
        this.#linger();
        this.#handler.onExit(message.code, message.error);
        break;
      case 'died':
        this.#onDied(message.message);
        break;
    }
  }
  #onDied(message: string): void {
    if (this.#isOver) return;
    this.kill();
    this.#handler.onDied(message);
  }
}
