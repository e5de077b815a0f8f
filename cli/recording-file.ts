import { readFileSync } from 'node:fs';
import { PlaygroundError } from '../protocol/errors.ts';
import type { Recording } from '../trace/export/recording.ts';
import { parseRecording } from '../trace/export/recording-json.ts';

/** @throws {PlaygroundError} CONFIG_INVALID: it cannot be read, or is no recording */
export function readRecording(path: string): Recording {
  try {
    return parseRecording(readFileSync(path, 'utf8'));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = cause instanceof PlaygroundError ? message : `it cannot be read: ${code}`;
    throw new PlaygroundError('CONFIG_INVALID', `${path}: ${reason}`, { cause });
  }
}
