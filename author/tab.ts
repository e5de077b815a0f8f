import { setTimeout as delay } from 'node:timers/promises';
import type { Pack, PackLesson } from '../lesson/pack/pack.ts';
import type { Action, Step } from '../lesson/schema/schema.ts';
import type { Milliseconds } from '../protocol/units.ts';
import { createEmulatedAcceptQueues } from '../server/net/emulated-accept-queue.ts';
import { toxics } from '../testing/kit/tcp/toxics.ts';
import { startProxiedPlayground, until } from '../testing/playground.ts';
import { Learning } from '../web/store/lessons/learning.ts';
import type { LessonRun } from '../web/store/lessons/lesson-run.ts';
import { programsOf, sourceAt } from '../web/store/lessons/lesson-sources.ts';
import { ProgressStore } from '../web/store/lessons/progress-store.ts';
import { Solution } from '../web/store/lessons/solution.ts';
import type { Playground } from '../web/store/playground.ts';
import { openTestPage } from '../web/store/testing/test-page.ts';
import { exampleAt } from './examples.ts';
import { Programs } from './programs.ts';

export type Machine = {
  /** A check holds by then, after the last action of its solution; a hint is raised by then. */
  readonly patience: Milliseconds;
  /** What a byte between page and gateway takes longer, there and back together. */
  readonly slow: Milliseconds;
  readonly queue: 'kernel' | 'emulated';
};

/** As the page: so often it is looked at what has to hold for a while. */
const LOOK_EVERY: Milliseconds = 20;
/** Between two actions of a solution; the page waits longer, for people. */
const ACTION_PAUSE: Milliseconds = 60;

/** One tab that learns, without a browser: its sockets and programs are real, on a server of its own. */
export class LearningTab {
  readonly playground: Playground;
  readonly run: LessonRun;
  readonly #programs: Programs;
  readonly #controller = new AbortController();
  readonly #solution: Solution;
  readonly #machine: Machine;
  readonly #closeServer: () => Promise<void>;

  private constructor(
    playground: Playground,
    run: LessonRun,
    programs: Programs,
    machine: Machine,
    closeServer: () => Promise<void>,
  ) {
    this.playground = playground;
    this.run = run;
    this.#programs = programs;
    this.#machine = machine;
    this.#closeServer = closeServer;
    this.#solution = new Solution(run, {
      playground,
      workbench: async () => programs,
      sourceAt: (path) => sourceAt(run.content, path, playground.lab(), exampleAt),
      mayRun: true,
      pause: (span) => delay(Math.min(span, ACTION_PAUSE + machine.slow / 2)),
      signal: this.#controller.signal,
    });
  }

  /** `hasPrograms`: where there are none, steps in programs are passed over, as in a browser without JSPI. */
  static async open(
    pack: Pack,
    content: PackLesson,
    machine: Machine,
    { hasPrograms, from }: { hasPrograms: boolean; from?: string },
  ): Promise<LearningTab> {
    const queues = machine.queue === 'emulated' ? { queues: createEmulatedAcceptQueues() } : {};
    const { proxy, url, close } = await startProxiedPlayground({ ...queues, rooms: undefined });
    const way = [toxics.latency(machine.slow / 2)];
    if (machine.slow > 0) proxy.faults = { upstream: way, downstream: way };
    const playground = openTestPage(url);
    await until(playground, () => playground.lab().length > 0);
    const learning = new Learning({
      playground,
      progress: new ProgressStore({ read: () => undefined, write: () => true, onWritten: () => undefined }),
      now: () => performance.timeOrigin + performance.now(),
      canRunPrograms: hasPrograms,
      load: async () => pack,
      loadServed: async () => undefined,
      own: undefined,
      keepOwn: () => undefined,
    });
    const sources = programsOf(content, playground.lab(), exampleAt);
    const programs = new Programs({ client: playground.client, line: playground.line, url, sources });
    learning.facts.attach(programs);
    await learning.load('en');
    const run = learning.open(content.lesson.id, from) as LessonRun;
    return new LearningTab(playground, run, programs, machine, close);
  }

  get patience(): Milliseconds {
    return this.#machine.patience;
  }
  /** As the learner would. */
  async play(step: Step, actions: readonly Action[]): Promise<void> {
    await this.#solution.play({ ...step, solution: actions });
  }
  /** Judges until it holds; returns whether it did in time. */
  async judged(holds: () => boolean, most: Milliseconds): Promise<boolean> {
    const deadline = performance.now() + most;
    do {
      this.run.update();
      if (holds()) return true;
      await delay(LOOK_EVERY);
    } while (performance.now() < deadline);
    return false;
  }
  /** What was under way has arrived. */
  async settle(): Promise<void> {
    await this.judged(() => false, 250 + 2 * this.#machine.slow);
  }
  async close(): Promise<void> {
    this.#controller.abort();
    this.#programs.close();
    this.playground.client.leave();
    await this.#closeServer();
  }
}
