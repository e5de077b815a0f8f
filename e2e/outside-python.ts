import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { python } from './python.ts';

/** A program run by CPython in a process of its own, outside the browser. */
export type OutsideProgram = {
  readonly output: () => string;
  /** A line at its keyboard. */
  readonly type: (line: string) => void;
  /** Waits until it has printed this. */
  readonly printed: (text: string | RegExp) => Promise<void>;
  readonly ended: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** `python3 path`, with the source written there first. */
export function runOutside(path: string, source: string): OutsideProgram {
  writeFileSync(path, source);
  const child = spawn(python as string, ['-u', path]);
  const closed = once(child, 'close');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  const ended = async (): Promise<void> => void (await closed);
  return {
    output: () => said,
    type: (line) => void child.stdin.write(`${line}\n`),
    printed: (text) => expect.poll(() => said).toEqual(expect.stringMatching(text)),
    ended,
    stop: async () => {
      child.kill('SIGKILL');
      await ended();
    },
  };
}
