import { expect, test } from 'vitest';
import { Observable } from '../../../trace/observable.ts';
import type { Program } from '../programs/program.ts';
import { PrintedLines } from '../terminal/printed-lines.ts';
import { ProgramFeed } from './program-facts.ts';

type Standing = Partial<
  Pick<Program, 'isRunning' | 'blocked'> & Pick<Program['outcome'], 'exitCode' | 'error' | 'isStopped'>
>;

/** A program that tells of each change, as the page's does. */
class StandIn extends Observable {
  readonly file = 'server.py';
  readonly printed = new PrintedLines();
  isRunning = false;
  readonly outcome: Partial<Pick<Program['outcome'], 'exitCode' | 'error' | 'isStopped'>> = {};
  blocked: Program['blocked'] = [];

  set({ isRunning = this.isRunning, blocked = this.blocked, ...outcome }: Standing): void {
    this.isRunning = isRunning;
    this.blocked = blocked;
    Object.assign(this.outcome, outcome);
    this.changed();
  }
}
function feedOf(program: StandIn): ProgramFeed {
  return new ProgramFeed(program as unknown as Program);
}

test('each run from Run to its end, with its code and what ended it', () => {
  const program = new StandIn();
  const feed = feedOf(program);
  expect(feed.runs).toEqual([]);
  program.set({ isRunning: true });
  program.set({ blocked: [{ line: 5, call: 'recv', since: 1_000 } as Program['blocked'][number]] });
  expect(feed.runs).toHaveLength(1);
  expect(feed.runs[0]).toMatchObject({ isRunning: true, exit: undefined, blocked: [{ call: 'recv', since: 1_000 }] });
  program.set({ isRunning: false, exitCode: 0, blocked: [] });
  program.set({ isRunning: true, exitCode: undefined });
  program.set({ isRunning: false, exitCode: 1, error: { type: 'OSError', message: '[Errno 107]', line: 9 } });
  expect(feed.runs.map(({ isRunning, exit, error }) => [isRunning, exit, error?.type])).toEqual([
    [false, 0, undefined],
    [false, 1, 'OSError'],
  ]);
});

test('a run begins with the lines after those of the runs before it', () => {
  const program = new StandIn();
  const feed = feedOf(program);
  program.set({ isRunning: true });
  program.printed.write({ fd: 1, text: 'one\ntwo\n' });
  program.set({ isRunning: false, exitCode: 0 });
  program.set({ isRunning: true, exitCode: undefined });
  expect(feed.runs.map(({ firstLine }) => firstLine)).toEqual([0, 2]);
});

test('what the person stopped ended by KeyboardInterrupt, though the page shows no error', () => {
  const program = new StandIn();
  const feed = feedOf(program);
  program.set({ isRunning: true });
  program.set({ isRunning: false, exitCode: 130, isStopped: true });
  expect(feed.runs[0]?.error?.type).toBe('KeyboardInterrupt');
});

test('a run that was under way is one; what a later run does changes no earlier one', () => {
  const program = new StandIn();
  program.set({ isRunning: true });
  const feed = feedOf(program);
  program.set({ isRunning: false, exitCode: 3 });
  program.set({ isRunning: true, exitCode: undefined });
  expect(feed.runs.map(({ isRunning, exit }) => [isRunning, exit])).toEqual([
    [false, 3],
    [true, undefined],
  ]);
  feed.stop();
  program.set({ isRunning: false, exitCode: 0 });
  expect(feed.runs[1]?.isRunning).toBe(true);
});
