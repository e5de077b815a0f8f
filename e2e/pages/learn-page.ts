import { expect, type Locator, type Page } from '@playwright/test';
import { en, type Messages } from '../../web/i18n/en.ts';
import { PlayPage } from './play-page.ts';
import { ProgramPane } from './program-page.ts';

/** One step of the lesson, by its role and name. */
export class LessonStep {
  readonly item: Locator;
  readonly state: Locator;
  readonly evidence: Locator;
  readonly hint: Locator;
  readonly #words: Messages;

  constructor(item: Locator, words: Messages) {
    const { learn } = words;
    this.item = item;
    this.#words = words;
    this.state = item.getByRole('status', { name: learn.stepState });
    this.evidence = item.getByRole('link', {
      name: new RegExp(`^${learn.metBy('.*', '\\d\\d:\\d\\d:\\d\\d\\.\\d{3}')}$`),
    });
    this.hint = item.getByRole('status', { name: learn.hint });
  }
  async toBeMet(): Promise<void> {
    await expect(this.state).toHaveText(this.#words.learn.state.met);
  }
  async isMet(): Promise<boolean> {
    return (await this.state.textContent()) === this.#words.learn.state.met;
  }
  get answerButton(): Locator {
    return this.item.getByRole('button', { name: this.#words.learn.answer, exact: true });
  }
}

/** The page Learn, by roles and by the names of the catalogue. */
export class LearnPage {
  readonly page: Page;
  readonly words: Messages;
  readonly list: Locator;
  readonly lesson: Locator;
  readonly title: Locator;
  readonly workplace: Locator;
  readonly predict: Locator;
  readonly prediction: Locator;
  readonly steps: Locator;
  readonly stepsDone: Locator;
  /** Play's workplace beside the lesson. */
  readonly play: PlayPage;

  readonly #base: string;

  /** `base`: where the playground is, with a slash behind; `/`: where the test’s baseURL says. */
  constructor(page: Page, words: Messages = en, base = '/') {
    const { learn } = words;
    this.page = page;
    this.#base = base;
    this.words = words;
    this.play = new PlayPage(page, words, base);
    this.list = page.getByRole('navigation', { name: learn.lessons, exact: true });
    this.lesson = page.getByRole('region', { name: learn.lesson, exact: true });
    this.title = this.lesson.getByRole('heading', { level: 1 });
    this.workplace = page.getByRole('region', { name: learn.workplace, exact: true });
    this.predict = this.lesson.getByRole('group', { name: learn.predict });
    this.prediction = this.lesson.getByRole('status', { name: learn.prediction });
    this.steps = this.lesson.getByRole('list', { name: learn.steps, exact: true });
    this.stepsDone = this.lesson.getByRole('progressbar', { name: learn.stepsDone });
  }

  /** Opens a lesson, from another page or from another lesson. */
  async open(lesson: string, step?: string): Promise<void> {
    await this.page.goto(`${this.#base}learn#lesson=${lesson}${step === undefined ? '' : `&step=${step}`}`);
    await expect(this.steps).toBeVisible();
  }
  /** A step by its number, from 1 on, or by its id in the lesson. */
  step(step: number | string): LessonStep {
    if (typeof step === 'string') return new LessonStep(this.page.locator(`[id="step-${step}"]`), this.words);
    const name = new RegExp(`^${this.words.learn.step(step, '')}`);
    return new LessonStep(this.steps.getByRole('listitem', { name }), this.words);
  }
  button(name: 'hint' | 'showMe' | 'startAgain'): Locator {
    return this.lesson.getByRole('button', { name: this.words.learn[name], exact: true });
  }
  program(file: string): ProgramPane {
    return new ProgramPane(this.page, file, this.words);
  }
  tab(page: 'play' | 'program'): Locator {
    return this.page
      .getByRole('tablist', { name: this.words.learn.workplaceTabs })
      .getByRole('tab', { name: this.words.app.pages[page] });
  }
}

/** `await expect(learn.step('cut')).toBeMet()` */
export const lessonMatchers = {
  toBeMet: async (step: LessonStep) => {
    try {
      await step.toBeMet();
      return { pass: true, message: () => 'the step is met' };
    } catch (error) {
      return { pass: false, message: () => (error instanceof Error ? error.message : String(error)) };
    }
  },
};
