import type { PeerOutcome } from '../../../lesson/peer-outcome.ts';
import { runPeer } from '../../../lesson/peer-run.ts';
import type { Clock } from '../../../protocol/clock.ts';
import type { Port } from '../../../protocol/units.ts';
import { Observable } from '../../../trace/observable.ts';
import type { ScriptSocket } from '../../../trace/script/script-run.ts';
import type { Task } from './task.ts';

export type PeerResult = PeerOutcome | 'waiting' | 'trying';

/** The clients of a task against the learner's server, and how each of them fared the last time. */
export class TaskRun extends Observable {
  readonly #task: Task;
  readonly #connect: (port: Port) => ScriptSocket;
  readonly #clock: Clock;
  readonly #results = new Map<string, PeerResult>();
  #isRunning = false;

  constructor(task: Task, connect: (port: Port) => ScriptSocket, clock: Clock) {
    super();
    this.#task = task;
    this.#connect = connect;
    this.#clock = clock;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }
  resultOf(peer: string): PeerResult | undefined {
    return this.#results.get(peer);
  }
  /** How many went through their scripts the last time; undefined before the first and while they do. */
  get passed(): number | undefined {
    if (this.#isRunning || this.#results.size === 0) return undefined;
    return [...this.#results.values()].filter((result) => typeof result === 'object' && result.kind === 'passed')
      .length;
  }

  /** One after the other: the server may serve one client at a time. */
  async run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (const { id } of this.#task.peers) this.#results.set(id, 'waiting');
    for (const { id, port, script } of this.#task.peers) {
      this.#set(id, 'trying');
      this.#set(id, await runPeer(script, this.#connect(port), this.#clock));
    }
    this.#isRunning = false;
    this.changed();
  }
  #set(id: string, result: PeerResult): void {
    this.#results.set(id, result);
    this.changed();
  }
}
