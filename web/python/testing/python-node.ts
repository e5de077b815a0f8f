import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { GatewayClient } from '../../../client/gateway-client.ts';
import type { Trouble } from '../../../protocol/messages/options.ts';
import { cachedFile } from '../../../scripts/build/build-cache.ts';
import { makePythonSnapshot, snapshotInput } from '../../../scripts/build/python-snapshot.ts';
import { failTest } from '../../../testing/playground.ts';
import { createWsDial, nodeClock } from '../../../testing/ws-dial.ts';
import type { ProgramHead } from '../../../trace/socket/program-head.ts';
import type { FileChange } from '../folder-files.ts';
import type { ProcessLook } from '../process-look.ts';
import { ProgramTickets } from '../program-tickets.ts';
import type { SocketReport } from '../sockets/socket-log.ts';
import type { ConsoleAnswer, FromWorker, Pace, ProgramError, RunOptions, ToWorker } from '../worker-messages.ts';

/** Where Pyodide's files are. */
export const PYTHON_PACKAGE = `${dirname(fileURLToPath(import.meta.resolve('pyodide/package.json')))}/`;
export const PYTHON_WORKER = new URL('./python-node/worker.mjs', import.meta.url);
const FILENAME = 'program.py';

/** Its command line, and the files that its folder begins with. */
export type NodePlace = Pick<RunOptions, 'args' | 'files'>;
export type Ended = { readonly code: number; readonly output: string; readonly error: string };

/** The memory of a Python that has started; made once for each state of the shims. */
export async function snapshotPath(): Promise<string> {
  const hash = createHash('sha256').update(snapshotInput()).digest('hex').slice(0, 16);
  return cachedFile(`python-node-${hash}.bin`, makePythonSnapshot);
}

/** A page, as far as Python in it goes, that has no browser: its processes are workers of Node, on the real gateway. */
export class PythonNode {
  readonly #url: string;
  readonly #snapshot: string;
  readonly #client: GatewayClient;

  private constructor(url: string, snapshot: string) {
    this.#url = url;
    this.#snapshot = snapshot;
    this.#client = new GatewayClient({
      dial: createWsDial(url),
      clock: nodeClock,
      random: Math.random,
      schedule: (flush) => queueMicrotask(flush),
      reportError: failTest,
      onWelcome: () => undefined,
      onPhase: () => undefined,
      onLatency: () => undefined,
      onStats: () => undefined,
    });
    this.#client.start();
  }

  /** `url`: a playground's. */
  static async open(url: string): Promise<PythonNode> {
    return new PythonNode(url, await snapshotPath());
  }
  close(): void {
    this.#client.leave();
  }
  /** `isStepped`: its threads stand before their socket calls from the first one on. */
  start(source: string, isStepped = false, place: NodePlace = { args: '', files: [] }): NodeProcess {
    return new NodeProcess(this.#client, { url: this.#url, snapshot: this.#snapshot }, source, isStepped, place);
  }
}

/** One process; it runs at once. */
export class NodeProcess {
  readonly ended: Promise<Ended>;
  /** Whether what is typed is shown, each time that the program said so. */
  readonly echoes: boolean[] = [];
  /** What ended threads of it. */
  readonly raised: ProgramError[] = [];
  /** What it did to the files of its folder. */
  readonly changes: FileChange[] = [];
  /** What it called on its sockets, those of the peers that are lab servers too. */
  readonly calls: SocketReport['calls'][number][] = [];
  /** How its sockets stand, in the order in which it opened them. */
  readonly heads = new Map<number, ProgramHead>();
  /** How it stands, while it is stepped. */
  look: ProcessLook | undefined;
  readonly #worker: Worker;
  readonly #listeners = new Set<() => void>();
  readonly #answers = new Map<number, ConsoleAnswer>();
  #nextId = 1;
  #output = '';

  constructor(
    client: GatewayClient,
    { url, snapshot }: { url: string; snapshot: string },
    source: string,
    isStepped: boolean,
    place: NodePlace,
  ) {
    const tickets = new ProgramTickets(client);
    this.#worker = new Worker(PYTHON_WORKER, { workerData: { origin: new URL(url).origin, snapshot }, stdout: false });
    const { promise, resolve } = Promise.withResolvers<Ended>();
    this.ended = promise;
    const gateway = `${url.replace(/^http/, 'ws')}gateway`;
    const end = (code: number, error: string) => {
      resolve({ code, output: this.#output, error });
      tickets.end();
    };
    const stop = (): void => void this.#worker.terminate();
    this.#worker.on('error', (error) => end(-1, String(error)));
    this.#worker.on('message', async (message: FromWorker) => {
      switch (message.type) {
        case 'ready':
          if (isStepped) this.setPace('pause');
          this.#post({ type: 'run', filename: FILENAME, source, node: tickets.node, programs: [FILENAME], ...place });
          break;
        case 'ticket': {
          const ticket = await tickets.ticket(message.isNewSession);
          this.#post({ type: 'ticket', ...(ticket && { ticket }) });
          break;
        }
        case 'output':
          for (const { text } of message.output) this.#output += text;
          for (const listener of this.#listeners) listener();
          break;
        case 'echo':
          this.echoes.push(message.isOn);
          break;
        case 'look':
          this.look = message.look;
          for (const listener of this.#listeners) listener();
          break;
        case 'file':
          this.changes.push(message.change);
          for (const listener of this.#listeners) listener();
          break;
        case 'sockets':
          for (const { calls, head, socket } of message.reports) {
            this.calls.push(...calls);
            this.heads.set(socket, head);
          }
          break;
        case 'evaluated':
          this.#answers.set(message.id, message.answer);
          for (const listener of this.#listeners) listener();
          break;
        case 'raised':
          this.raised.push(message.error);
          break;
        case 'exit':
          end(message.code, message.error ? `${message.error.type}: ${message.error.message}` : '');
          break;
        case 'settled':
          stop();
          break;
        case 'died':
          end(-1, message.message);
          stop();
          break;
      }
    });
    this.#post({ type: 'boot', urls: { index: PYTHON_PACKAGE, snapshot: 'snapshot', gateway } });
  }

  get output(): string {
    return this.#output;
  }
  /** Resolves when the program has printed this. */
  printed(text: string): Promise<void> {
    return this.#until(() => this.#output.includes(text));
  }
  /** Resolves when a look has shown this. */
  looked(isThere: (look: ProcessLook) => boolean): Promise<void> {
    return this.#until(() => this.look !== undefined && isThere(this.look));
  }
  /** Resolves when it has changed such a file. */
  changed(isIt: (change: FileChange) => boolean): Promise<void> {
    return this.#until(() => this.changes.some(isIt));
  }
  setPace(pace: Pace): void {
    this.#post({ type: 'pace', pace });
  }
  type(line: string): void {
    this.#post({ type: 'input', text: `${line}\n` });
  }
  endInput(): void {
    this.#post({ type: 'eof' });
  }
  /** Another process has changed a file. */
  putFile(change: FileChange): void {
    this.#post({ type: 'file', change });
  }
  setTrouble(trouble: Trouble): void {
    this.#post({ type: 'trouble', trouble });
  }
  /** What came of a text, in the frame of a thread that stands or waits. */
  async evaluate(ident: number, text: string): Promise<ConsoleAnswer> {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#post({ type: 'evaluate', id, ident, text });
    await this.#until(() => this.#answers.has(id));
    return this.#answers.get(id) as ConsoleAnswer;
  }
  interrupt(): void {
    this.#post({ type: 'interrupt' });
  }
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }

  #until(isThere: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isThere()) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }
  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
