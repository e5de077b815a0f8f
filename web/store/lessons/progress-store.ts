import {
  doneSteps,
  type LessonProgress,
  mergeProgress,
  type Progress,
  parseProgress,
  type StepProgress,
  withStep,
} from '../../../lesson/progress.ts';
import type { Lesson } from '../../../lesson/schema/schema.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { Observable } from '../../../trace/observable.ts';

/** Where progress is kept: the browser's storage, which other tabs write too. */
export type ProgressDisk = {
  readonly read: () => unknown;
  /** Returns whether it is stored now. */
  readonly write: (progress: Progress) => boolean;
  /** Another tab has written. */
  readonly onWritten: (look: () => void) => void;
};

/**
 * What was done of all lessons. What is new is merged into what is stored by then, so that two tabs lose nothing of each other, and
 * what one of them has forgotten does not come back from the other. Where nothing can be stored it lasts as long as the page.
 */
export class ProgressStore extends Observable {
  readonly #disk: ProgressDisk;
  #progress: Progress;
  #isStored = true;

  constructor(disk: ProgressDisk) {
    super();
    this.#disk = disk;
    this.#progress = parseProgress(disk.read());
    disk.onWritten(() => this.#takeIn());
  }

  get progress(): Progress {
    return this.#progress;
  }
  of(pack: string, lesson: string): LessonProgress | undefined {
    const lessons = Object.hasOwn(this.#progress.packs, pack) ? this.#progress.packs[pack] : undefined;
    return lessons && Object.hasOwn(lessons, lesson) ? lessons[lesson] : undefined;
  }
  doneSteps(pack: string, lesson: Lesson): ReadonlySet<string> {
    return doneSteps(lesson, this.of(pack, lesson.id));
  }

  addStep(at: { pack: string; lesson: string; step: string }, done: StepProgress): void {
    this.#set(withStep(this.#latest(), at, done));
  }
  /** The first of a lesson counts. */
  addPrediction({ pack, lesson }: { pack: string; lesson: string }, choice: string, at: Milliseconds): void {
    const own = { steps: {}, predicted: { choice, at }, at };
    this.#merge({ version: 1, packs: { [pack]: { [lesson]: own } } });
  }
  /** Somebody's saved progress: what is done in either is done. Returns whether it was such a file. */
  open(text: string): boolean {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return false;
    }
    const opened = parseProgress(value);
    // What is no progress at all is read as none.
    if (opened !== value) return false;
    this.#merge(opened);
    return true;
  }
  save(): string {
    return `${JSON.stringify(this.#progress, undefined, 2)}\n`;
  }
  forget(): void {
    this.#set(parseProgress(undefined));
  }

  #merge(more: Progress): void {
    this.#set(mergeProgress(this.#latest(), more));
  }
  #set(next: Progress): void {
    this.#progress = next;
    this.#isStored = this.#disk.write(next);
    this.changed();
  }
  /** What is stored; with what could not be. */
  #latest(): Progress {
    const stored = this.#disk.read();
    if (stored === undefined) return this.#progress;
    return this.#isStored ? parseProgress(stored) : mergeProgress(this.#progress, parseProgress(stored));
  }
  #takeIn(): void {
    this.#progress = this.#latest();
    this.changed();
  }
}
