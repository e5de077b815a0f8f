import type { Writable } from 'node:stream';
import { PlaygroundError, type SocketErrorCode } from '../protocol/errors.ts';
import { errors } from '../web/i18n/en/errors.ts';

/** How a command ends: well, with a socket that failed, wrongly used, by Ctrl+C. */
export const EXIT = { well: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Runs it in this process's place. */
export async function runCommand(run: () => Promise<number>): Promise<void> {
  // A reader that has gone, as `| head` does, ends the command quietly.
  process.stdout.on('error', () => process.exit(EXIT.failed));
  process.stderr.on('error', () => undefined);
  const status = await statusOf(run, process.stderr);
  // What is written reaches a pipe later than it was said; standard input may still be open.
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
  process.exit(status);
}

/** Runs it, and tells in one line why it failed. @returns the exit code */
export async function statusOf(run: () => Promise<number>, notes: Writable): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const isUsage = error instanceof PlaygroundError && error.code === 'CONFIG_INVALID';
    notes.write(isUsage ? `${error.message}. --help lists the options.\n` : `${sentenceOf(error)}\n`);
    return isUsage ? EXIT.usage : EXIT.failed;
  }
}

/** The code, and the sentence that the page has for it. */
function sentenceOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const text = Object.hasOwn(errors, code) ? errors[code as SocketErrorCode] : undefined;
  if (!text) return code === '' ? message : `${code}: ${message}`;
  return `${code}: ${text.what} ${text.tryThis}`;
}
