import type { LessonText } from '../../../lesson/pack/lesson-text.ts';
import { isOpen, type Pace } from '../../../lesson/pack/pace.ts';
import { type Pack, type PackLesson, parsePackFile } from '../../../lesson/pack/pack.ts';
import type { Lesson, LessonLanguage } from '../../../lesson/schema/schema.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { Observable } from '../../../trace/observable.ts';
import type { Playground } from '../playground.ts';
import { LessonRun, type Need, needsOf } from './lesson-run.ts';
import { PageFacts } from './page-facts.ts';
import type { ProgressStore } from './progress-store.ts';
import { servedPack } from './served-pack.ts';

export type LearningOptions = {
  readonly playground: Playground;
  readonly progress: ProgressStore;
  /** ms since 1970, never set back. */
  readonly now: () => Milliseconds;
  /** Programs run in this browser. */
  readonly canRunPrograms: boolean;
  /** The lessons that come with the page. */
  readonly load: (language: LessonLanguage) => Promise<Pack>;
  /** The lessons that the server hands out, as one file; undefined where it has none. */
  readonly loadServed: () => Promise<string | undefined>;
  /** A pack that the learner opened: kept for the next visit where there is room. */
  readonly keepOwn: (text: string | undefined) => void;
  readonly own: string | undefined;
};
export type Mark = 'done' | 'begun' | undefined;
/** What an instructor has set for the class that this learner is in. */
export type ClassLessons = { readonly pack: Pack | undefined; readonly pace: Pace | undefined };
/** Where a lesson stands in its pack. */
export type Place = {
  readonly content: PackLesson;
  readonly number: number;
  readonly previous: PackLesson | undefined;
  readonly next: PackLesson | undefined;
};

/** What a browser tab learns by: its packs, what is done of them, and the lesson that is looked at. Lives as long as the tab. */
export class Learning extends Observable {
  readonly facts: PageFacts;
  readonly progress: ProgressStore;
  readonly #options: LearningOptions;
  readonly #builtIn = new Map<LessonLanguage, Pack>();
  #language: LessonLanguage = 'en';
  #own: Pack | undefined;
  #served: Pack | undefined;
  #servedLoading: Promise<void> | undefined;
  #hasAskedServer = false;
  /** Of the two that the page and the server have, the server's is shown. */
  #prefersServed = true;
  #ofClass: ClassLessons | undefined;
  #run: LessonRun | undefined;
  #link: string | undefined;
  #hasFailed = false;

  constructor(options: LearningOptions) {
    super();
    this.#options = options;
    this.progress = options.progress;
    this.facts = new PageFacts(options);
    this.progress.subscribe(() => this.changed());
    try {
      this.#own = options.own === undefined ? undefined : parsePackFile(options.own);
    } catch {
      options.keepOwn(undefined); // of an older version of the page: the file has to be opened again
    }
  }

  /** The class's lessons, else the learner's own, else the server's, else those of the page; undefined until they have come. */
  get pack(): Pack | undefined {
    const ofPerson = this.#ofClass?.pack ?? this.#own;
    if (ofPerson) return ofPerson;
    if (!this.#hasAskedServer) return undefined;
    return this.isServed ? this.#served : this.#builtIn.get(this.#language);
  }
  /** The server has lessons besides those of the page. */
  get hasServed(): boolean {
    return this.#served !== undefined;
  }
  get isServed(): boolean {
    return !this.#ofClass?.pack && this.#own === undefined && this.#served !== undefined && this.#prefersServed;
  }
  /** Undefined: in no class. What is of another pack than before begins anew. */
  setClass(ofClass: ClassLessons | undefined): void {
    const { pack } = this;
    // An instructor says often how things stand, and seldom that they have changed.
    const isSame = ofClass?.pack === this.#ofClass?.pack && samePace(ofClass?.pace, this.#ofClass?.pace);
    this.#ofClass = ofClass;
    if (isSame) return;
    if (this.pack === pack) this.changed();
    else this.close();
  }
  /** The class has not come to this lesson, or to this step of it. */
  isClosed(lesson: string, step?: string): boolean {
    return !isOpen(this.pack?.lessons ?? [], this.#ofClass?.pace, { lesson, ...(step !== undefined && { step }) });
  }
  /** How far a lesson is open, as the number of its last open step; undefined: to its end. */
  openUpTo({ id, steps }: Lesson): number | undefined {
    const closed = steps.findLastIndex((step) => !this.isClosed(id, step.id)) + 1;
    return closed === steps.length ? undefined : closed;
  }
  get isOwn(): boolean {
    return this.#own !== undefined;
  }
  get hasFailed(): boolean {
    return this.#hasFailed;
  }
  get run(): LessonRun | undefined {
    return this.#run;
  }

  async load(language: LessonLanguage): Promise<void> {
    this.#language = language;
    this.#hasFailed = false;
    this.#servedLoading ??= this.#loadServed();
    if (!this.#builtIn.has(language)) {
      try {
        this.#builtIn.set(language, await this.#options.load(language));
      } catch {
        this.#hasFailed = true;
      }
    }
    await this.#servedLoading;
    this.changed();
  }
  async #loadServed(): Promise<void> {
    this.#served = await servedPack(this.#options.loadServed);
    this.#hasAskedServer = true;
  }
  showServed(isShown: boolean): void {
    this.#prefersServed = isShown;
    this.close();
  }
  /** @throws {PlaygroundError} LESSONS_INVALID */
  openOwn(text: string, name: string): void {
    this.#own = parsePackFile(text, name);
    this.#options.keepOwn(text);
    this.close();
  }
  leaveOwn(): void {
    this.#own = undefined;
    this.#options.keepOwn(undefined);
    this.close();
  }

  placeOf(lesson: string): Place | undefined {
    const lessons = this.pack?.lessons ?? [];
    const index = lessons.findIndex(({ lesson: { id } }) => id === lesson);
    const content = lessons[index];
    return content && { content, number: index + 1, previous: lessons[index - 1], next: lessons[index + 1] };
  }
  /** Its words in the language of the page, else in the pack's first. */
  textOf({ texts }: PackLesson): LessonText {
    const [first] = this.pack?.head.languages ?? [];
    return (texts[this.#language] ?? (first && texts[first])) as LessonText;
  }
  /** Of the pack itself (`pack`) or of one of its parts. */
  titleOf(part: string): string {
    const head = this.pack?.head;
    const [first = 'en'] = head?.languages ?? [];
    return head?.titles[this.#language]?.[part] ?? head?.titles[first]?.[part] ?? '';
  }
  /** It is written in the language of the page. */
  get hasWords(): boolean {
    return this.pack?.head.languages.includes(this.#language) !== false;
  }
  /** Opens a lesson, or goes on with it; a step that is asked for anew begins there. */
  open(lesson: string, step?: string): LessonRun | undefined {
    const isOfPage = this.#builtIn.get(this.#language)?.lessons.some(({ lesson: { id } }) => id === lesson);
    if (this.isServed && isOfPage && !this.placeOf(lesson)) this.#prefersServed = false;
    const { pack } = this;
    const place = this.placeOf(lesson);
    const link = `${pack?.head.id} ${lesson} ${step ?? ''}`;
    if (!pack || !place) return undefined;
    const isSame = this.#run?.pack === pack.head.id && this.#run.lesson.id === lesson;
    if (this.#run && isSame && (step === undefined || link === this.#link)) return this.#run;
    if (!isSame) this.#run?.leave();
    const { progress, now } = this.#options;
    this.#link = link;
    this.#run = new LessonRun({
      pack: pack.head.id,
      content: place.content,
      facts: this.facts,
      progress,
      now,
      isLacking: (need) => this.isLacking(need),
      ...(step !== undefined && { from: step }),
    });
    this.changed();
    return this.#run;
  }
  /** Back to the list: what was begun in the lesson begins anew at its step. */
  close(): void {
    this.#run = undefined;
    this.#link = undefined;
    this.changed();
  }

  /** A lesson is done when each step that can be done here is. */
  markOf({ lesson }: PackLesson): Mark {
    const pack = this.pack?.head.id ?? '';
    const done = this.progress.doneSteps(pack, lesson);
    const possible = lesson.steps.filter((step) => !needsOf(lesson, step).some((need) => this.isLacking(need)));
    if (possible.length > 0 && possible.every(({ id }) => done.has(id))) return 'done';
    return done.size > 0 || this.progress.of(pack, lesson.id)?.predicted ? 'begun' : undefined;
  }
  get doneCount(): number {
    return this.pack?.lessons.filter((lesson) => this.markOf(lesson) === 'done').length ?? 0;
  }
  isLacking(need: Need): boolean {
    const { playground, canRunPrograms } = this.#options;
    switch (need) {
      case 'jspi':
        return !canRunPrograms || !playground.gateway().hasPython;
      case 'kernel-queue':
        return playground.gateway().queue === 'emulated';
      case 'ipv6':
        return this.facts.tried.some(
          ({ family, type, outcome }) => family === 'AF_INET6' && type === 'SOCK_STREAM' && outcome !== 'ok',
        );
      // Windows alone has none.
      case 'linux':
      case 'unix':
        return playground.lab().length > 0 && !playground.lab().some(({ path }) => path !== undefined);
    }
  }
}

function samePace(one: Pace | undefined, other: Pace | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
