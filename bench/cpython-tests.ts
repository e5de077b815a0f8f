import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PythonChromium } from '../web/python/testing/python-tab.ts';
import { findTests } from './cpython-tests/find-tests.ts';

/**
 * `npm run measure:python [-- --suite WORD --verbose]`: CPython's own tests of its socket modules, in the tab, against a real
 * gateway. They are taken from a CPython of this machine, PYTHON names another. Prints how many pass, skip and fail, and why.
 */
const { values } = parseArgs({
  options: { suite: { type: 'string', default: '' }, verbose: { type: 'boolean', default: false } },
});
const SUITES = ['test_socket', 'test_socketserver', 'test_selectors', 'test_select'];
/** A test that is silent for so long hangs: it gets Ctrl+C, and the rest go on in another process. */
const PATIENCE = 30_000;
const MARK = '\x1e';
const OUTCOMES = ['pass', 'skip', 'fail', 'error', 'hang', 'died'] as const;
type Outcome = (typeof OUTCOMES)[number];

type Verdict = { readonly test: string; readonly outcome: Outcome; readonly why: string; readonly where: string };
/** What run-suite.py tells. */
type Told = {
  readonly all?: number;
  readonly skipped?: string;
  readonly number?: number;
  readonly test?: string;
  readonly outcome?: Outcome;
  readonly why?: string;
  readonly where?: string;
};

const { version, archive } = findTests(SUITES);
const template = readFileSync(new URL('./cpython-tests/run-suite.py', import.meta.url), 'utf8');
const tab = await PythonChromium.start();
try {
  print(`the tests of CPython ${version}`);
  for (const suite of SUITES.filter((name) => name.includes(values.suite))) printSuite(suite, await runSuite(suite));
} finally {
  await tab.close();
}

async function runSuite(suite: string): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (let first = 0; ; ) {
    const { how, why, told } = await runFrom(suite, first);
    const all = told[0]?.all;
    if (all === undefined) throw new Error(`${suite} could not be loaded: ${why}`);
    const begun = told.findLast(({ test }) => test !== undefined);
    const ended = told.filter(({ outcome }) => outcome !== undefined);
    const names = new Map(told.map(({ number, test }) => [test === undefined ? -1 : number, test]));
    for (const { number, outcome = 'died', why: reason = '', where = '' } of ended) {
      verdicts.push({ test: names.get(number) ?? '', outcome, why: reason, where });
    }
    const last = begun?.number ?? all - 1;
    if (begun && ended.at(-1)?.number !== last) {
      const outcome = how === 'died' ? 'died' : 'hang';
      verdicts.push({ test: begun.test ?? '', outcome, why: why.split('\n')[0] ?? '', where: '' });
    }
    first = last + 1;
    if (first >= all) return verdicts;
  }
}

async function runFrom(suite: string, first: number) {
  const source = template.replace('{ARCHIVE}', archive).replace('{SUITE}', suite).replace('{FIRST}', String(first));
  const { output, how, why } = await tab.run(source, {
    patience: PATIENCE,
    ...(values.verbose ? { onOutput: (text: string) => process.stderr.write(text) } : {}),
  });
  const lines = output.split('\n').filter((line) => line.startsWith(MARK));
  if (lines.length === 0) throw new Error(`${suite}: ${how} ${why}\n${output}`);
  return { how, why, told: lines.map((line) => JSON.parse(line.slice(1)) as Told) };
}

function printSuite(suite: string, verdicts: readonly Verdict[]): void {
  const count = (outcome: Outcome) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  print(
    `\n${suite}: ${verdicts.length} tests, ${OUTCOMES.map((outcome) => `${count(outcome)} ${outcome}`).join(', ')}`,
  );
  const failing = verdicts.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skip');
  for (const [why, group] of Object.entries(Object.groupBy(failing, cause)).sort(byLength)) {
    print(`  ${group?.length} × ${why}`);
    for (const { test, where } of group ?? []) print(`      ${test}${where ? ` (${where})` : ''}`);
  }
  const skipped = Object.groupBy(
    verdicts.filter(({ outcome }) => outcome === 'skip'),
    ({ why }) => why,
  );
  for (const [why, group] of Object.entries(skipped).sort(byLength)) print(`  ${group?.length} skipped: ${why}`);
}
/** Numbers differ from test to test where the cause is one. */
function cause({ outcome, why }: Verdict): string {
  return `${outcome}: ${why.replace(/0x[0-9a-f]+|\d{4,}/g, 'N')}`;
}
function byLength(a: [string, unknown[] | undefined], b: [string, unknown[] | undefined]): number {
  return (b[1]?.length ?? 0) - (a[1]?.length ?? 0);
}
function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
