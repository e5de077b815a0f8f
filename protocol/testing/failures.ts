import { PlaygroundError } from '../errors.ts';

/** The error that `run` ends with, which must be one of ours; anything else is thrown on. */
export function failureOf(run: () => unknown): PlaygroundError {
  try {
    run();
  } catch (error) {
    if (error instanceof PlaygroundError) return error;
    throw error;
  }
  throw new Error('no error');
}
