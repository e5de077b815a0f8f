import { execFileSync } from 'node:child_process';

/** A CPython outside the browser, where the machine has one: from 3.11 on it prints what the corpus prints. */
export const python: string | undefined = findPython();

function findPython(): string | undefined {
  try {
    const version = execFileSync('python3', ['-c', 'import sys; print(sys.version_info >= (3, 11))'], {
      encoding: 'utf8',
    });
    return version.trim() === 'True' ? 'python3' : undefined;
  } catch {
    return undefined;
  }
}
