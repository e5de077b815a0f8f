import type { ProgramFacts, RunFacts } from '../facts.ts';
import { type Building, type Goal, withEvidence } from '../judge/goal.ts';
import { compileNum, leastOf } from '../num.ts';
import type { Given, Outcome } from '../schema/check-schema.ts';
import type { Num } from '../schema/pattern-schema.ts';
import { compileText } from '../template.ts';

type Moment = { readonly time: number; readonly isLatest: boolean };

/** `run`: how a program stands, or how a run of it ended since the step began. */
export function run([file, outcome, since]: Given<'run'>, building: Building): Goal {
  const { firstRun } = since === 'lesson' ? building.lesson : building.step;
  const isOutcome = outcomeTest(outcome);
  const first = firstRun(file);
  return {
    isTimed: true,
    *solve(binding, { facts }) {
      const runs = programOf(facts.programs, file)?.runs ?? [];
      for (let index = first; index < runs.length; index += 1) {
        const moment = { time: facts.time, isLatest: index === runs.length - 1 };
        if (!isOutcome(runs[index] as RunFacts, moment)) continue;
        yield withEvidence(binding, { kind: 'run', file, run: index });
        return;
      }
    },
  };
}

function outcomeTest(outcome: Outcome): (run: RunFacts, moment: Moment) => boolean {
  if (outcome === 'running') return ({ isRunning }, { isLatest }) => isRunning && isLatest;
  if (outcome === 'ended') return ({ isRunning }) => !isRunning;
  if (typeof outcome === 'string') return () => false;
  if ('exit' in outcome) {
    const isExit = compileNum(outcome.exit);
    return ({ isRunning, exit }) => !isRunning && exit !== undefined && isExit(exit);
  }
  if ('error' in outcome) {
    const { type, has = '', line } = outcome.error;
    const isLine = compileNum(line ?? {});
    return ({ error }) =>
      error !== undefined && error.type.split('.').at(-1) === type && error.message.includes(has) && isLine(error.line);
  }
  const { blocked: call, for: span = 0 } = outcome;
  return ({ isRunning, blocked }, { time, isLatest }) =>
    isRunning && isLatest && blocked.some((at) => at.call === call && time - at.since >= span);
}

const AT_LEAST_ONCE: Num = { min: 1 };

/** `printed`: so many lines of a program, or of its latest `run`; one at least where no number stands. */
export function printed(
  [file, text, { times = AT_LEAST_ONCE, since } = {}]: Given<'printed'>,
  building: Building,
): Goal {
  const isLine = compileText(text);
  const isEnough = compileNum(times);
  let next = (since === 'lesson' ? building.lesson : building.step).firstLine(file);
  let count = 0;
  let first: number | undefined;
  let latest: RunFacts | undefined;
  function look(programs: readonly ProgramFacts[]): void {
    const program = programOf(programs, file);
    if (!program) return;
    const { lines, runs } = program;
    if (since === 'run' && runs.at(-1) !== latest) {
      latest = runs.at(-1);
      next = Math.max(next, latest?.firstLine ?? 0);
      count = 0;
      first = undefined;
    }
    next = Math.max(next, lines.dropped);
    for (let line = lines.at(next - lines.dropped); line !== undefined; line = lines.at(next - lines.dropped)) {
      if (isLine(line)) {
        count += 1;
        first ??= next;
      }
      next += 1;
    }
  }
  return {
    isTimed: true,
    *solve(binding, { facts }) {
      look(facts.programs);
      if (!isEnough(count)) return;
      yield first === undefined ? binding : withEvidence(binding, { kind: 'line', file, index: first });
    },
    progress(_, { facts }) {
      look(facts.programs);
      return { have: count, want: leastOf(times) };
    },
  };
}

function programOf(programs: readonly ProgramFacts[], file: string): ProgramFacts | undefined {
  return programs.find((program) => program.file === file);
}
