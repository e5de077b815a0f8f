import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Milliseconds } from '../../protocol/units.ts';

const CHILD = fileURLToPath(new URL('learners-child.ts', import.meta.url));

/** What a process of learners is asked to do. */
export type LearnersTask =
  | { readonly do: 'enter' }
  | { readonly do: 'join'; readonly code: string; readonly over: Milliseconds }
  /** Each echoes once a second; with `reports` it does a step each five. */
  | { readonly do: 'work'; readonly seconds: number; readonly reports: boolean }
  /** The first sends of itself. */
  | { readonly do: 'mirror'; readonly seconds: number; readonly each: Milliseconds; readonly bytes: number }
  /** Each raises its hand and lowers it again, so many changes in all; every other one stays up at the end. */
  | { readonly do: 'hands'; readonly seconds: number; readonly changes: number }
  | { readonly do: 'attack'; readonly seconds: number }
  | { readonly do: 'state' };
export type LearnersTold = {
  readonly took?: readonly Milliseconds[];
  readonly refused?: number;
  /** Seat, step and when it was done. */
  readonly met?: readonly (readonly [number, number, Milliseconds])[];
  readonly echoes?: readonly Milliseconds[];
  /** Seats whose hands are up. */
  readonly up?: readonly number[];
  readonly sent?: readonly Milliseconds[];
  readonly here?: number;
  readonly asked?: number;
  readonly confirmed?: readonly (readonly [number, number])[];
  readonly parts?: readonly (readonly [number, Milliseconds])[];
};

export type LearnersSetup = {
  readonly count: number;
  /** The number in the name of the first of them: a name that somebody has gets another number behind. */
  readonly first: number;
  /** The port of an echo. */
  readonly echo: number;
};

/** So many learners in a process of their own. */
export class Learners {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }
  static async start(url: string, setup: LearnersSetup): Promise<Learners> {
    const child = spawn(process.execPath, [CHILD, url, JSON.stringify(setup)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    return new Learners(child);
  }
  async ask(task: LearnersTask): Promise<LearnersTold> {
    this.#child.send(task);
    const [told] = (await once(this.#child, 'message')) as [LearnersTold];
    return told;
  }
  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
