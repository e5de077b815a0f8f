import type { SocketFacts } from '../lesson/facts.ts';
import type { Pack } from '../lesson/pack/pack.ts';
import { refusal } from '../lesson/pack/refusal.ts';
import { snapshotPath } from '../web/python/testing/python-node.ts';
import { isOfPrograms } from './claims.ts';
import { runPythonInNode } from './python-worker.ts';
import { LearningTab, type Machine } from './tab.ts';

/**
 * Plays a lesson's solution and prints each call on a socket as it becomes known, and what is waited for meanwhile. Returns whether
 * every step was met. @throws {PlaygroundError} LESSONS_INVALID: there is no such lesson
 */
export async function playLesson(
  pack: Pack,
  id: string,
  machine: Machine,
  print: (line: string) => void,
): Promise<boolean> {
  const content = pack.lessons.find(({ lesson }) => lesson.id === id);
  if (!content) throw refusal('pack.json', '/parts', `has no lesson "${id}"`);
  const hasPrograms = content.lesson.steps.some((step) => isOfPrograms(content, step));
  if (hasPrograms) runPythonInNode(await snapshotPath());
  const tab = await LearningTab.open(pack, content, machine, { hasPrograms });
  const { run } = tab;
  run.update();
  const calls = new CallPrinter(print);
  try {
    while (run.current) {
      const step = run.current;
      print(`${step.id}`);
      for (const { check } of run.judge.missing) print(`  waits for ${JSON.stringify(check)}`);
      await tab.play(step, step.solution);
      const isMet = await tab.judged(() => {
        calls.print(run.facts.sockets);
        return run.current !== step;
      }, machine.patience);
      for (const { id: hint } of isMet ? [] : run.judge.hints) print(`  hint ${hint}`);
      print(isMet ? '  met' : '  not met');
      if (!isMet) return false;
    }
    return true;
  } finally {
    await tab.close();
  }
}

class CallPrinter {
  readonly #print: (line: string) => void;
  readonly #printed = new Map<string, number>();

  constructor(print: (line: string) => void) {
    this.#print = print;
  }
  print(sockets: readonly SocketFacts[]): void {
    for (const { id, lab, log } of sockets) {
      const end = log.dropped + log.length();
      for (let index = Math.max(this.#printed.get(id) ?? 0, log.dropped); index < end; index += 1) {
        const event = log.at(index - log.dropped);
        if (!event) continue;
        const { end: of, call, argument, count, text, error, direction } = event;
        const given = argument === undefined ? '' : argument;
        const result = error ?? (direction === undefined ? text : `${count} bytes`);
        this.#print(`  ${id.padEnd(12)} ${of === 'peer' ? (lab ?? 'peer') : 'own'}: ${call}(${given}) ${result}`);
      }
      this.#printed.set(id, end);
    }
  }
}
