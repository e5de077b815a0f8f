import { PlaygroundError } from '../../protocol/errors.ts';
import { compileBytes } from '../bytes.ts';
import { matcherOf, nodesOf, partsOf, patternsOf } from '../checks.ts';
import { sendsBehindEnd } from '../peer-steps.ts';
import { CHECK_DEPTH_MAX, CHECK_NODES_MAX, type Check, MATCHERS } from '../schema/check-schema.ts';
import type { Pattern } from '../schema/pattern-schema.ts';
import type { Lesson, Question, Step } from '../schema/schema.ts';
import { refusal } from './refusal.ts';
import { validate } from './validate.ts';
import { isValue, refOf } from './value.ts';

const NEGATABLE = new Set(['state', 'queue', 'run']);

/** What a schema cannot say of a lesson. @throws {PlaygroundError} LESSONS_INVALID */
export function checkRules(lesson: Lesson, file: string): void {
  const names = new Set<string>();
  lesson.steps.forEach(({ check, hints, solution }, index) => {
    parseParts(check, `/steps/${index}/check`, 1, file);
    hints.forEach(({ when }, hint) => {
      if (when !== undefined) parseParts(when, `/steps/${index}/hints/${hint}/when`, 1, file);
    });
    solution.forEach(({ wait }, action) => {
      if (wait !== undefined) parseParts(wait, `/steps/${index}/solution/${action}/wait`, 1, file);
    });
  });
  checkIds([...lesson.steps.map(({ id }) => id)], '/steps', file);
  checkQuestion(lesson.predict, '/predict', file);
  lesson.steps.forEach((step, index) => {
    checkStep(step, `/steps/${index}`, names, file);
  });
}

function checkStep(step: Step, path: string, names: Set<string>, file: string): void {
  const questions = step.questions ?? [];
  checkIds(
    questions.map(({ id }) => id),
    `${path}/questions`,
    file,
  );
  questions.forEach((question, index) => {
    checkQuestion(question, `${path}/questions/${index}`, file);
  });
  checkIds(
    step.hints.map(({ id }) => id),
    `${path}/hints`,
    file,
  );
  checkPeers(step, path, file);
  for (const name of namesIn(step.check)) names.add(name);
  for (const action of step.solution) for (const name of namedBy(action)) names.add(name);
  checkCheck(step.check, `${path}/check`, { names, questions }, file);
  step.solution.forEach(({ wait }, index) => {
    if (wait) checkCheck(wait, `${path}/solution/${index}/wait`, { names, questions }, file);
  });
  step.hints.forEach((hint, index) => {
    if ((hint.when === undefined) === (hint.after === undefined)) {
      throw refusal(file, `${path}/hints/${index}`, 'is raised either by `when` or by `after`');
    }
    if (hint.when) {
      const own = new Set([...names, ...namesIn(hint.when)]);
      checkCheck(hint.when, `${path}/hints/${index}/when`, { names: own, questions }, file);
    }
  });
  if (!step.hints.some(({ when }) => when) || !step.hints.some(({ after }) => after)) {
    throw refusal(file, `${path}/hints`, 'has to have a hint by what went wrong and one by time');
  }
  (step.wrong ?? []).forEach(({ hint }, index) => {
    if (!step.hints.some(({ id, when }) => id === hint && when)) {
      throw refusal(file, `${path}/wrong/${index}/hint`, `no hint "${hint}" of this step has a \`when\``);
    }
  });
}

/** Peers have names and bytes; what speaks of one speaks of one that is there. */
function checkPeers({ peers = [], check, hints, solution, wrong = [] }: Step, path: string, file: string): void {
  const ids = peers.map(({ id }) => id);
  checkIds(ids, `${path}/peers`, file);
  peers.forEach(({ script }, index) => {
    if (sendsBehindEnd(script)) throw refusal(file, `${path}/peers/${index}/script`, 'sends behind its own end');
    for (const { send, sendSlowly, expectBytes } of script) {
      for (const text of [send, sendSlowly?.[0], expectBytes]) {
        readBytes(text === undefined ? undefined : { equals: text }, `${path}/peers/${index}/script`, file);
      }
    }
  });
  const checks = [check, ...hints.flatMap(({ when }) => when ?? [])].flatMap((each) => [...nodesOf(each)]);
  const actions = [...solution, ...wrong.flatMap((way) => way.actions)];
  for (const id of [...checks.map(({ peer }) => peer?.[0]), ...actions.map(({ peer }) => peer)]) {
    if (id !== undefined && !ids.includes(id)) throw refusal(file, path, `there is no peer "${id}" in this step`);
  }
}

type Known = { readonly names: ReadonlySet<string>; readonly questions: readonly Question[] };

/** Each part of a check by itself: one matcher, and what it is given. */
function parseParts(check: unknown, path: string, depth: number, file: string): void {
  if (depth > CHECK_DEPTH_MAX) throw refusal(file, path, `is deeper than ${CHECK_DEPTH_MAX}`);
  const entries = isRecord(check) ? Object.entries(check) : [];
  const [[name, given] = ['', undefined], ...more] = entries;
  if (name === '' || more.length > 0) throw refusal(file, path, 'has to be one matcher');
  if (name === 'not') parseParts(given, `${path}/not`, depth + 1, file);
  else if (name === 'all' || name === 'any') {
    if (!Array.isArray(given) || given.length === 0)
      throw refusal(file, `${path}/${name}`, 'has to be a list of checks');
    given.forEach((part, index) => {
      parseParts(part, `${path}/${name}/${index}`, depth + 1, file);
    });
  } else if (!Object.hasOwn(MATCHERS, name)) throw refusal(file, path, `there is no matcher "${name}"`);
  else validate(MATCHERS[name as keyof typeof MATCHERS], given, file, `${path}/${name}`);
}
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkCheck(check: Check, path: string, known: Known, file: string): void {
  const count = [...nodesOf(check)].length;
  if (count > CHECK_NODES_MAX) throw refusal(file, path, `has more than ${CHECK_NODES_MAX} parts`);
  checkNode(check, path, known, file);
}

function checkNode(check: Check, path: string, known: Known, file: string): void {
  const name = matcherOf(check);
  const here = `${path}/${name}`;
  const parts = partsOf(check);
  if (name === 'not' && !NEGATABLE.has(matcherOf(check.not as Check))) {
    throw refusal(file, here, 'takes state, queue or run');
  }
  if (name === 'none' && path.endsWith('/check'))
    throw refusal(file, here, 'has to stand beside another check, in an `all`');
  if (parts.length > 0 && parts.every((part) => matcherOf(part) === 'none')) {
    throw refusal(file, here, 'has nothing but `none`');
  }
  checkPatterns(check, here, known, file);
  checkRefs(check, here, known, file);
  parts.forEach((part, index) => {
    checkNode(part, name === 'not' ? here : `${here}/${index}`, known, file);
  });
}

function checkPatterns(check: Check, path: string, { names }: Known, file: string): void {
  const patterns = patternsOf(check);
  for (const pattern of patterns) {
    if (pattern.on !== undefined && !names.has(pattern.on.slice(1))) {
      throw refusal(file, path, `${pattern.on} is named nowhere before`);
    }
    if (pattern.on !== undefined && pattern.as !== undefined) throw refusal(file, path, 'has both `on` and `as`');
    readBytes(pattern.bytes, path, file);
  }
  const origins = new Set(patterns.map(({ from = 'play' }) => from));
  if (origins.size < 2) return;
  if (origins.has('play'))
    throw refusal(file, path, 'compares the times of Play and of a program: these are two clocks');
  // Which of them is told of a return first is a matter of luck, whatever came of what.
  throw refusal(file, path, 'compares the times of two programs: each returns from its calls when it gets to run');
}

function checkRefs(check: Check, path: string, { names, questions }: Known, file: string): void {
  const { stream, same, borders, state, passed, queue, answer, equal } = check;
  const refs = [stream?.[0], same?.[0][0], same?.[1][0], borders?.[0], state?.[0], passed?.[0]];
  if (queue?.[0].startsWith('$')) refs.push(queue[0]);
  for (const value of [answer?.[1], ...(equal ?? [])]) {
    if (value === undefined) continue;
    if (!isValue(value)) throw refusal(file, path, `"${value}" is no value`);
    refs.push(refOf(value));
  }
  for (const ref of refs) {
    if (ref !== undefined && !names.has(ref.slice(1))) throw refusal(file, path, `${ref} is named nowhere before`);
  }
  readBytes(stream?.[2], path, file);
  if (answer) {
    const question = questions.find(({ id }) => id === answer[0]);
    if (!question) throw refusal(file, path, `there is no question "${answer[0]}" in this step`);
    if (question.choices && !question.choices.includes(String(answer[1]))) {
      throw refusal(file, path, `"${answer[1]}" is no choice of "${question.id}"`);
    }
  }
}

function readBytes(bytes: Pattern['bytes'], path: string, file: string): void {
  if (bytes === undefined) return;
  try {
    compileBytes(bytes);
  } catch (cause) {
    throw refusal(file, path, PlaygroundError.from(cause).message);
  }
}

function checkQuestion({ choices, right, number, text }: Question, path: string, file: string): void {
  if ([choices, number, text].filter((kind) => kind !== undefined).length !== 1) {
    throw refusal(file, path, 'is of one kind: choices, number or text');
  }
  if (choices) checkIds(choices, `${path}/choices`, file);
  if (right !== undefined && !choices?.includes(right)) throw refusal(file, path, `"${right}" is none of its choices`);
}
function checkIds(ids: readonly string[], path: string, file: string): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw refusal(file, path, `"${twice}" stands there twice`);
}

/** The names that a check gives. */
function namesIn(check: Check): string[] {
  const names: string[] = [];
  for (const node of nodesOf(check)) {
    for (const { as } of patternsOf(node)) if (as !== undefined) names.push(as);
    if (node.together?.[0].as !== undefined) names.push(node.together[0].as);
  }
  return names;
}
function namedBy({ connect, listen, accept }: Step['solution'][number]): string[] {
  return [connect?.as, listen?.as, accept?.as].filter((name) => name !== undefined);
}
