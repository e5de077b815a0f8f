import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { python } from '../e2e/python.ts';
import { PythonChromium } from '../web/python/testing/python-tab.ts';

/**
 * `npm run stress:python -- [--runs N] [--rounds N] [--slice MS] [--parallel N] [--only WORD]`: the corpus of
 * e2e/python-corpus again and again, a thread that does not wait switched every so many milliseconds (1) instead of 50. A
 * process runs its program so many rounds (1), which leaves the collector more to find than a new process would. Prints every interpreter that broke and every line that CPython prints otherwise.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '1' },
    slice: { type: 'string', default: '1' },
    parallel: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
});
const [runs, rounds, slice, parallel] = [values.runs, values.rounds, values.slice, values.parallel].map(Number) as [
  number,
  number,
  number,
  number,
];
/** No program of the corpus is silent for so long, on a machine that does other things too. */
const PATIENCE = 60_000;
const REPORT_EVERY = 20;
const CORPUS = fileURLToPath(new URL('../e2e/python-corpus/', import.meta.url));

type Program = { readonly name: string; readonly source: string; readonly expected: string };

function repeated(source: string): string {
  // A JSON string is a Python string literal.
  return `source = ${JSON.stringify(source)}
for _ in range(${rounds}):
    exec(compile(source, __file__, 'exec'), {'__name__': '__main__', '__file__': __file__})
`;
}

async function readProgram(name: string): Promise<Program> {
  const { stdout } = await promisify(execFile)(python ?? 'python3', [`${CORPUS}${name}`]);
  const source = readFileSync(`${CORPUS}${name}`, 'utf8');
  return rounds === 1
    ? { name, source, expected: stdout }
    : { name, source: repeated(source), expected: stdout.repeat(rounds) };
}

const names = readdirSync(CORPUS).filter((name) => name.endsWith('.py') && name.includes(values.only));
const programs = await Promise.all(names.map(readProgram));
const tab = await PythonChromium.start();
const tally = { done: 0, deaths: 0, hangs: 0, differences: 0 };
const total = Math.ceil(runs / rounds) * programs.length;
const startedAt = performance.now();
let next = 0;

try {
  await Promise.all(Array.from({ length: parallel }, work));
  report();
} finally {
  await tab.close();
}
process.exitCode = tally.deaths + tally.hangs > 0 ? 1 : 0;

async function work(): Promise<void> {
  while (next < total) {
    const program = programs[next % programs.length] as Program;
    next += 1;
    await runOnce(program);
    tally.done += 1;
    if (tally.done % (Math.ceil(REPORT_EVERY / rounds) * programs.length) === 0) report();
  }
}

async function runOnce({ name, source, expected }: Program): Promise<void> {
  const { output, how, why } = await tab.run(source, { slice, patience: PATIENCE });
  if (how === 'died') {
    tally.deaths += 1;
    print(`${name} died: ${why}`);
  } else if (how !== 'exit') {
    tally.hangs += 1;
    print(`${name} hung: ${how}\n${output}`);
  } else if (output !== expected) {
    tally.differences += 1;
    const [lines, right] = [output.split('\n'), expected.split('\n')];
    const at = right.findIndex((line, index) => line !== lines[index]);
    print(`${name} line ${at + 1}: ${lines[at]}\n${' '.repeat(name.length)} CPython: ${right[at]}`);
  }
}

function report(): void {
  const { done, deaths, hangs, differences } = tally;
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  print(
    `${Math.floor((done * rounds) / programs.length)} runs of ${programs.length} programs in ${minutes} min, ` +
      `switched every ${slice} ms: ${deaths} died, ${hangs} hung, ${differences} printed otherwise`,
  );
}
function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
