import type { Cancel, Clock } from '../../../protocol/clock.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import type { ReplayStep } from '../../../trace/export/replay.ts';
import { Observable } from '../../../trace/observable.ts';
import type { LiveSocket } from '../../store/live-socket.ts';

export type ReplayedSocket = Pick<
  LiveSocket,
  'subscribe' | 'state' | 'isOver' | 'canSend' | 'local' | 'send' | 'shutdown' | 'close' | 'reset'
> & { readonly received: { readonly length: ByteCount } };

export type ReplayStatus = {
  /** `cut`: the socket ended before the plan did, or could not be opened. */
  readonly phase: 'running' | 'done' | 'cut' | 'stopped';
  readonly done: number;
  readonly total: number;
  /** How many bytes have yet to arrive before the next step. */
  readonly missing: ByteCount;
};

/** The peer has sent its last byte. */
const ENDED = new Set(['CLOSE-WAIT', 'LAST-ACK', 'CLOSING', 'TIME-WAIT', 'CLOSED']);

/** Takes a socket that has just been opened through a plan, step by step, as its bytes come or as time goes. */
export class ReplayRun extends Observable {
  readonly #steps: readonly ReplayStep[];
  readonly #socket: ReplayedSocket;
  readonly #clock: Clock;
  readonly #unsubscribe: () => void;
  #phase: ReplayStatus['phase'] = 'running';
  #done = 0;
  #connectedAt: Milliseconds | undefined;
  #isAdvancing = false;
  #cancel: Cancel | undefined;

  constructor(steps: readonly ReplayStep[], socket: ReplayedSocket, clock: Clock) {
    super();
    this.#steps = steps;
    this.#socket = socket;
    this.#clock = clock;
    this.#unsubscribe = socket.subscribe(() => this.#advance());
    this.#advance();
  }

  get status(): ReplayStatus {
    const step = this.#steps[this.#done];
    const missing = step?.kind === 'wait' ? Math.max(0, step.received - this.#socket.received.length) : 0;
    return { phase: this.#phase, done: this.#done, total: this.#steps.length, missing };
  }

  /** Goes no further; the socket stays as it is. */
  stop(): void {
    if (this.#phase === 'running') this.#end('stopped');
  }

  #advance(): void {
    // A step changes the socket, which calls here again.
    if (this.#isAdvancing || this.#phase !== 'running') return;
    this.#isAdvancing = true;
    this.#takeSteps();
    this.#isAdvancing = false;
    this.changed();
  }

  #takeSteps(): void {
    if (this.#socket.local === undefined) {
      if (this.#socket.isOver) this.#end('cut');
      return;
    }
    this.#connectedAt ??= this.#clock.now();
    while (this.#done < this.#steps.length) {
      const step = this.#steps[this.#done] as ReplayStep;
      if (!this.#isReady(step)) {
        if (this.#socket.isOver) this.#end('cut');
        return;
      }
      // A close of a socket that is closed already is what the recording asks for; a send on it cannot be.
      if (step.kind === 'send' && !this.#socket.canSend) {
        this.#end('cut');
        return;
      }
      this.#take(step);
      this.#done += 1;
    }
    this.#end('done');
  }

  /** If it is time that is missing, comes back when that has passed. */
  #isReady(step: ReplayStep): boolean {
    if (step.kind === 'wait') return this.#socket.received.length >= step.received;
    if (step.kind === 'wait-end') return ENDED.has(this.#socket.state);
    const left = step.at / 1_000 - (this.#clock.now() - (this.#connectedAt ?? 0));
    if (left <= 0) return true;
    this.#cancel?.();
    this.#cancel = this.#clock.after(left, () => this.#advance());
    return false;
  }

  #take(step: ReplayStep): void {
    if (step.kind === 'send') this.#socket.send(step.bytes);
    else if (step.kind === 'half-close') this.#socket.shutdown();
    else if (step.kind === 'close') this.#socket.close();
    else if (step.kind === 'reset') this.#socket.reset();
  }

  #end(phase: ReplayStatus['phase']): void {
    this.#phase = phase;
    this.#cancel?.();
    this.#unsubscribe();
    this.changed();
  }
}
