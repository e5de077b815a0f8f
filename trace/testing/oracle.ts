import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Is there such a program here, and does what it prints with these arguments match? */
export function hasProgram(command: string, args: readonly string[], expected: RegExp): boolean {
  const { stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  return error === undefined && expected.test(stdout + stderr);
}

/** What a program that somebody else wrote makes of these bytes. */
export function askProgram(command: string, args: readonly string[], input: Uint8Array): string {
  const { stdout, stderr, status, error } = spawnSync(command, args, { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return stdout;
}

/** What a shell command prints for each input, which it finds as the file `data`. One shell for all: a spawn costs much. */
export function askForEach(command: string, inputs: readonly Uint8Array[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    for (const [index, input] of inputs.entries()) {
      mkdirSync(join(folder, `${index}`));
      writeFileSync(join(folder, `${index}`, 'data'), input);
    }
    const loop = `cd '${folder}' && for case in *; do (cd "$case" && ${command} > answer) || exit 1; done`;
    askProgram('sh', ['-c', loop], new Uint8Array());
    return inputs.map((_, index) => readFileSync(join(folder, `${index}`, 'answer'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const hasPython = hasProgram('python3', ['--version'], /^Python 3/);

/** Runs a Python program on a JSON value (`cases`) and reads the JSON value that it leaves in `answers`. */
export function askPython(program: string, cases: unknown): unknown {
  const source = `import json, sys\ncases = json.load(sys.stdin)\n${program}\njson.dump(answers, sys.stdout)`;
  return JSON.parse(askProgram('python3', ['-c', source], new TextEncoder().encode(JSON.stringify(cases))));
}
