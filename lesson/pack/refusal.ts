import { PlaygroundError } from '../../protocol/errors.ts';

/** Says what a pack was refused for: the file in it, where in the file (a JSON path, or a heading), and why. */
export function refusal(file: string, path: string, reason: string): PlaygroundError {
  return new PlaygroundError('LESSONS_INVALID', `${file}${path === '' ? '' : ` ${path}`}: ${reason}`);
}
