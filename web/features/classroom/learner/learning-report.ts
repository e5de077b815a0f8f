import type { Reporter } from '../../../../client/rooms/reporter.ts';
import { stepKey } from '../../../../protocol/rooms/done-step.ts';
import type { Learning } from '../../../store/lessons/learning.ts';
import type { LessonRun } from '../../../store/lessons/lesson-run.ts';

type Sink = Pick<Reporter, 'moveTo' | 'occur' | 'finish'>;

/** Tells the room where its learner is, which hints were raised by what went wrong, and which steps are done. */
export class LearningReport {
  readonly #learning: Learning;
  readonly #sink: Sink;
  readonly #stop: () => void;
  #run: LessonRun | undefined;
  #stopRun: (() => void) | undefined;
  #hinted = new Set<string>();
  readonly #finished = new Set<string>();

  constructor(learning: Learning, sink: Sink) {
    this.#learning = learning;
    this.#sink = sink;
    this.#stop = learning.subscribe(() => this.#look());
    this.#look();
  }

  /** The page of lessons is left: its learner is in none. What is done stays told. */
  stop(): void {
    this.#stop();
    this.#stopRun?.();
    this.#sink.moveTo({});
  }

  #look(): void {
    const { run } = this.#learning;
    if (run !== this.#run) {
      this.#stopRun?.();
      this.#run = run;
      this.#hinted = new Set();
      this.#stopRun = run?.subscribe(() => this.#tellRun());
    }
    this.#tellRun();
    this.#tellSteps();
  }
  /** Often: an attempt changes as fast as one can read. What is done is told by `Learning`, which changes with it. */
  #tellRun(): void {
    const run = this.#run;
    this.#sink.moveTo(run ? placeOf(run) : {});
    if (run) this.#tellHints(run);
  }
  #tellHints(run: LessonRun): void {
    for (const { id } of run.judge.hints) {
      const key = `${run.current?.id} ${id}`;
      const isRaised = run.current?.hints.some((hint) => hint.id === id && hint.when);
      if (!isRaised || this.#hinted.has(key)) continue;
      this.#hinted.add(key);
      this.#sink.occur({ hint: id });
    }
  }
  #tellSteps(): void {
    const { pack, progress } = this.#learning;
    if (!pack) return;
    for (const { lesson } of pack.lessons) {
      const steps = progress.of(pack.head.id, lesson.id)?.steps ?? {};
      for (const step of progress.doneSteps(pack.head.id, lesson)) {
        const at = { pack: pack.head.id, lesson: lesson.id, step };
        const done = steps[step];
        if (!done || this.#finished.has(stepKey(at))) continue;
        this.#finished.add(stepKey(at));
        const { rev, tries, hints, shown } = done;
        this.#sink.finish({ ...at, rev, tries, hints, shown });
      }
    }
  }
}

function placeOf({ lesson, current, hints, hasMoreHints }: LessonRun) {
  const of = lesson.steps.length;
  const index = current ? lesson.steps.findIndex(({ id }) => id === current.id) : of - 1;
  const step = lesson.steps[index]?.id;
  return {
    lesson: lesson.id,
    ...(step !== undefined && { step }),
    number: Math.max(1, index + 1),
    of,
    ...(hints.length > 0 && !hasMoreHints && { hintsUsed: true }),
  };
}
