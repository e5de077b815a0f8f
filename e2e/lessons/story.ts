import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import type { LessonText } from '../../lesson/pack/lesson-text.ts';
import { type PackLesson, parsePack } from '../../lesson/pack/pack.ts';
import type { LessonLanguage } from '../../lesson/schema/schema.ts';
import { LESSONS_FOLDER, readPackFolder } from '../../lesson/testing/pack-folder.ts';
import { LAB_PORTS } from '../../protocol/lab-ports.ts';
import type { LabName, TestPlayground } from '../../testing/kit/packaged-playground.ts';
import { sourceAt } from '../../web/store/lessons/lesson-sources.ts';
import { labPort } from '../fixtures.ts';
import type { LearnPage, LessonStep } from '../pages/learn-page.ts';
import type { PlayPage } from '../pages/play-page.ts';
import type { ProgramPane } from '../pages/program-page.ts';

export const PACK = parsePack(readPackFolder(LESSONS_FOLDER));
const EXAMPLES = join(LESSONS_FOLDER, '..', 'web', 'store', 'programs', 'examples');

const LABS = Object.keys(LAB_PORTS) as LabName[];

/** Who does a lesson with its text as the only guide. */
export class Learner {
  readonly learn: LearnPage;
  readonly play: PlayPage;
  readonly #playground: TestPlayground;
  readonly #content: PackLesson;
  readonly #text: LessonText;
  readonly #ids: readonly string[];

  constructor(learn: LearnPage, playground: TestPlayground, lesson: string, language: LessonLanguage = 'en') {
    this.learn = learn;
    this.play = learn.play;
    this.#playground = playground;
    const content = PACK.lessons.find((each) => each.lesson.id === lesson);
    if (!content) throw new Error(`no lesson ${lesson}`);
    this.#content = content;
    this.#text = content.texts[language] as LessonText;
    this.#ids = content.lesson.steps.map(({ id }) => id);
  }

  step(id: string): LessonStep {
    return this.learn.step(this.#ids.indexOf(id) + 1);
  }
  async met(id: string): Promise<void> {
    await this.step(id).toBeMet();
  }
  async predict(choice: string): Promise<void> {
    await choose(this.learn.predict, this.#text.predict, choice);
    await this.learn.predict.getByRole('button', { name: this.learn.words.learn.check }).click();
    await expect(this.learn.prediction).not.toBeEmpty();
  }
  async choose(step: string, question: string, choice: string): Promise<void> {
    const { item, answerButton } = this.step(step);
    const words = this.#text.steps[step]?.questions[question];
    if (!words) throw new Error(`no question ${question}`);
    await choose(item, words, choice);
    await answerButton.first().click();
  }
  async fill(step: string, question: string, value: string | number): Promise<void> {
    const { item } = this.step(step);
    const words = plain(this.#text.steps[step]?.questions[question]?.text ?? '');
    const form = item.locator('form').filter({ has: this.learn.page.getByRole('textbox', { name: words }) });
    await form.getByRole('textbox').fill(String(value));
    await form.getByRole('button').click();
  }

  /** What a lab server is called on the page. */
  lab(name: LabName): RegExp {
    return new RegExp(this.learn.words.labs.servers[name]?.name ?? name);
  }
  async connect(lab: LabName): Promise<void> {
    await this.play.connectTo(this.lab(lab));
  }
  port(lab: LabName): number {
    return labPort(this.#playground, lab);
  }
  /** The two ends that stand above the ladder: the first port is the socket's own. */
  async ownPort(): Promise<number> {
    const ends = await this.learn.workplace
      .getByText(/^:\d+ ⇄ /)
      .first()
      .textContent();
    return Number(/^:(\d+)/.exec(ends ?? '')?.[1]);
  }
  async connectTo(port: number, host = '127.0.0.1'): Promise<void> {
    await this.play.host.fill(host);
    await this.play.port.fill(String(port));
    await this.play.connectButton.click();
  }
  async lineEnding(ending: 'none' | 'lf'): Promise<void> {
    await this.play.lineEnding(ending).check();
  }
  /** One of the list My sockets; in English and Chinese they stand in the order in which they were opened. */
  async chooseSocket(kind: 'client' | 'listener' | 'peer', ordinal: number): Promise<void> {
    await this.play.socket(this.learn.words.sockets.label[kind](ordinal)).click();
  }

  program(file: string): ProgramPane {
    return this.learn.program(file);
  }
  async run(file: string): Promise<void> {
    await this.program(file).run.click();
  }
  /** It stands still in a call, as the editor says beside the line. */
  async waits(file: string, call: string): Promise<void> {
    const { since } = this.learn.words.program.blocked;
    const note = new RegExp(since(call, 0).replace('0', String.raw`\d+`));
    await expect(this.program(file).pane).toContainText(note);
  }
  async runAndWait(file: string, text: string | RegExp): Promise<void> {
    await this.run(file);
    await expect(this.program(file).output).toContainText(text);
  }
  /** Types the corrected program; one that talks to a lab server names the port that it has today, as that of the lesson does. */
  async write(file: string, path: string): Promise<void> {
    const lab = LABS.map((name) => ({ name, port: this.port(name) }));
    const source = sourceAt(this.#content, path, lab, (name, example) =>
      readFileSync(join(EXAMPLES, name, example), 'utf8'),
    );
    if (source === undefined) throw new Error(`no program ${path}`);
    await this.program(file).write(source);
  }
}
export type Story = (learner: Learner) => Promise<void>;

type Words = { readonly choices: readonly { readonly id: string; readonly text: string }[] };
async function choose(within: Locator, { choices }: Words, id: string): Promise<void> {
  const text = choices.find((choice) => choice.id === id)?.text ?? '';
  await within.getByRole('radio', { name: plain(text), exact: true }).check();
}
/** As it is shown. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
