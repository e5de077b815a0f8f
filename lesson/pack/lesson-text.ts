import type { Lesson, Question } from '../schema/schema.ts';
import { refusal } from './refusal.ts';

/** Characters of one section. */
const SECTION_MAX = 4_096;

export type Choice = { readonly id: string; readonly text: string };
export type QuestionText = { readonly text: string; readonly choices: readonly Choice[] };
export type StepText = {
  readonly title: string;
  readonly body: string;
  /** What was just seen, and why: shown when the step is met. */
  readonly met: string;
  readonly questions: Readonly<Record<string, QuestionText>>;
  readonly hints: Readonly<Record<string, string>>;
};
/** A lesson's words in one language; bodies are Markdown. */
export type LessonText = {
  readonly title: string;
  readonly goal: string;
  readonly predict: QuestionText;
  readonly steps: Readonly<Record<string, StepText>>;
  readonly takeaway: string;
};

type Section = { readonly heading: string; readonly rest: string; body: string };

const HEADING = /^(#{1,3}) +([^|]*?)(?: *\| *(.*))?$/;
const CHOICE = /^- +([a-z][a-z0-9-]{0,31}) +\| +(.+)$/;
const STEP_PART = /^(hint|question) ([a-z][a-z0-9-]{0,31})$/;

/**
 * Reads `en.md` or `zh-CN.md` and holds it against its lesson: the same steps, questions, choices and hints, none of them empty.
 * @throws {PlaygroundError} LESSONS_INVALID
 */
export function parseLessonText(text: string, lesson: Lesson, file: string): LessonText {
  const [head, ...sections] = sectionsOf(text, file);
  if (!head?.heading.startsWith('# ')) throw refusal(file, '', 'has to begin with "# Title"');
  const take = (heading: string): Section => {
    const [section, ...more] = sections.filter((each) => each.heading === heading);
    if (!section) throw refusal(file, heading, 'is missing');
    if (more.length > 0) throw refusal(file, heading, 'stands there twice');
    sections.splice(sections.indexOf(section), 1);
    return section;
  };
  const predict = questionText(take('## predict'), lesson.predict, file);
  const steps = lesson.steps.map((step): readonly [string, StepText] => {
    const { heading, rest, body } = take(`## ${step.id}`);
    const questions = (step.questions ?? []).map((question) => {
      const section = take(`### ${step.id} question ${question.id}`);
      return [question.id, questionText(section, question, file)] as const;
    });
    const hints = step.hints.map(({ id }) => {
      const hint = take(`### ${step.id} hint ${id}`);
      return [id, filled(`${hint.rest}\n\n${hint.body}`, hint.heading, file)] as const;
    });
    const isExplained = sections.some((each) => each.heading === `### ${step.id} met`);
    const met = isExplained ? take(`### ${step.id} met`) : undefined;
    const stepText: StepText = {
      title: filled(rest, heading, file),
      body: filled(body, heading, file),
      met: met ? filled(`${met.rest}\n\n${met.body}`, met.heading, file) : '',
      questions: Object.fromEntries(questions),
      hints: Object.fromEntries(hints),
    };
    return [step.id, stepText];
  });
  const takeaway = filled(take('## takeaway').body, '## takeaway', file);
  const [stray] = sections;
  if (stray) throw refusal(file, stray.heading, 'is nothing of this lesson');
  return {
    title: filled(head.heading.slice(2), '#', file),
    goal: filled(head.body, '#', file),
    predict,
    steps: Object.fromEntries(steps),
    takeaway,
  };
}

/** Cut at its headings, which within fenced code are none. Those of a step's parts get the step's name. */
function sectionsOf(text: string, file: string): Section[] {
  const sections: Section[] = [];
  let step = '';
  let isFenced = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('```')) isFenced = !isFenced;
    const [, marks, name = '', rest = ''] = (!isFenced && HEADING.exec(line)) || [];
    if (marks === undefined) {
      const last = sections.at(-1);
      if (last) last.body += `${line}\n`;
      else if (line.trim() !== '') throw refusal(file, '', 'has to begin with "# Title"');
      continue;
    }
    if (marks === '##') step = name;
    if (marks === '###' && !(name === 'met' || STEP_PART.test(name))) throw refusal(file, line, 'is no part of a step');
    const heading = marks === '###' ? `### ${step} ${name}` : `${marks} ${name}`;
    // A title may have the sign that else parts an id from its text.
    sections.push({ heading: marks === '#' && rest !== '' ? `${heading} | ${rest}` : heading, rest, body: '' });
  }
  return sections;
}

function questionText({ heading, rest, body }: Section, question: Question, file: string): QuestionText {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  const choices = lines.flatMap((line): Choice[] => {
    const [, id, text] = CHOICE.exec(line) ?? [];
    if (id === undefined || text === undefined) throw refusal(file, heading, `"${line}" is no "- id | choice"`);
    return [{ id, text }];
  });
  const wanted = (question.choices ?? []).toSorted().join();
  const given = choices
    .map(({ id }) => id)
    .toSorted()
    .join();
  if (wanted !== given)
    throw refusal(file, heading, `has the choices ${given || 'none'}, the lesson has ${wanted || 'none'}`);
  return { text: filled(rest, heading, file), choices };
}

function filled(text: string, heading: string, file: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw refusal(file, heading, 'is empty');
  if (trimmed.length > SECTION_MAX) throw refusal(file, heading, `has more than ${SECTION_MAX} characters`);
  return trimmed;
}
