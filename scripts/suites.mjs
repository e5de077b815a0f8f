/** The suites of `npm test`: what each runs, and how many of its checks passed. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { weighFirstLoad } from './first-load.mjs';
import { buildPage, isPageStale } from './page.mjs';
import { commandOf, environmentOf, outcomeOf, ROOT } from './toolchain.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number, output: string }} Result
 * @typedef {object} Tools
 * @property {string} node the Node that runs everything
 * @property {string | undefined} chromium the machine's own Chromium; undefined: Playwright's
 * @property {boolean} isWhole every suite runs: those that take long run a part, another one at each commit
 * @property {(child: import('node:child_process').ChildProcess) => void} onChild told of every process that is started
 * @typedef {(tools: Tools) => Promise<Result>} Suite
 */
const REPORTS = join(ROOT, 'node_modules', '.cache', 'socket-playground');

/** What takes longer than all else together: of these a whole `npm test` runs one share, another one at each commit. */
const SHARES = { browser: 6, soak: 3, lessons: 3, stories: 9 };
/** The others need the machine for themselves, or longer: npm run soak. */
const SHORT_SOAKS = [
  'resume',
  'herd',
  'half-requests',
  'orphans',
  'fuzz',
  'descriptors',
  'attack-short',
  'slow-readers',
  'class',
];

/** @type {Record<string, Suite>} */
export const SUITES = {
  lint: program('@biomejs/biome', 'check', '--error-on-warnings'),
  // Everything anew: an incremental build keeps errors of declarations that are gone.
  types: program('typescript', '--build', '--force'),
  // Twice: what nothing uses, and what nothing but tests uses.
  unused: async (tools) => {
    const all = await program('knip', '--no-progress')(tools);
    const production = await program(
      'knip',
      '--no-progress',
      '--production',
      '--config',
      'knip.production.json',
    )(tools);
    return sum(all, production);
  },
  build: async ({ node, onChild }) => {
    if (!isPageStale()) return single(true, '');
    const { output, code } = await buildPage(node, onChild);
    return single(code === 0, output);
  },
  size: async () => {
    const { isWithin, text } = weighFirstLoad();
    return single(isWithin, text);
  },
  unit: async (tools) => {
    const report = reportFile('vitest.json');
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { output, code } = await run(tools, commandOf('vitest'), args);
    return counted(code, output, report, ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests,
    }));
  },
  soak: async (tools) => {
    const share = shareOf(SHARES.soak);
    const names = SHORT_SOAKS.filter((_, index) => !tools.isWhole || (index % SHARES.soak) + 1 === share);
    const { output, code } = await run(tools, join(ROOT, 'soak', 'main.ts'), names);
    const passed = names.filter((name) => new RegExp(`^${name} +ok `, 'm').test(output)).length;
    const failed = names.length - passed;
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped: 0, output };
  },
  // Those on Play, and of those with programs a share and what the last commit has changed. All: npm run lessons -- check.
  lessons: async (tools) => {
    const share = tools.isWhole ? ['--share', `${shareOf(SHARES.lessons)}/${SHARES.lessons}`] : [];
    const args = ['check', ...share, '--also', changedLessons().join(','), '--lanes', '6', '--quiet'];
    const { output, code } = await run(tools, join(ROOT, 'author', 'main.ts'), args);
    const [, proved, failed] = /^(\d+) proved, (\d+) failed/m.exec(output) ?? [];
    const isTold = proved !== undefined && (code === 0) === (failed === '0');
    return { passed: Number(proved ?? 0), failed: isTold ? Number(failed) : 1, skipped: 0, output };
  },
  // All of them with `npm run e2e`.
  browser: (tools) => playwright(tools, SHARES.browser),
  // Each lesson as its text says, in a browser: minutes for all of them.
  stories: (tools) => playwright(tools, SHARES.stories, ['learn-'], { LESSONS: 'all' }),
};

/** A suite of one check: a program that ends with 0. @param {string} packageName @param {string[]} args @returns {Suite} */
function program(packageName, ...args) {
  return async (tools) => {
    const { output, code } = await run(tools, commandOf(packageName), args);
    return single(code === 0, output);
  };
}

/** @param {Tools} tools @param {number} shares @param {string[]} [files] @param {NodeJS.ProcessEnv} [given] @returns {Promise<Result>} */
async function playwright(tools, shares, files = [], given = {}) {
  const share = tools.isWhole ? [`--shard=${shareOf(shares)}/${shares}`] : [];
  const report = reportFile('playwright.json');
  const own = tools.chromium ? { CHROMIUM: tools.chromium } : {};
  const { output, code } = await run(
    tools,
    commandOf('@playwright/test'),
    ['test', '--reporter=list,json', ...share, ...files],
    { ...given, ...own, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  );
  return counted(code, output, report, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

/** Which share it is this time: another one with each commit, and where there is no git, each day. @param {number} shares */
function shareOf(shares) {
  const { status, stdout } = spawnSync('git', ['rev-list', '--count', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
  const count = status === 0 ? Number(stdout) : Math.floor(Date.now() / 86_400_000);
  return (count % shares) + 1;
}

/** Lessons that the last commit has changed, by id. */
function changedLessons() {
  const args = ['diff', '--name-only', 'HEAD~1', 'HEAD', '--', 'lessons'];
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) return []; // no git, or the first commit
  return [...new Set([...stdout.matchAll(/^lessons\/([^/]+)\//gm)].map(([, id = '']) => id))];
}

/** @param {Result} one @param {Result} other @returns {Result} */
function sum(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    output: one.output + other.output,
  };
}

/** @param {boolean} isPassed @param {string} output @returns {Result} */
function single(isPassed, output) {
  return { passed: Number(isPassed), failed: Number(!isPassed), skipped: 0, output };
}

/**
 * The counts of a runner's report. A runner that failed without a failed test (a file that does not load, an error
 * outside all tests, no report) counts as one failure. @param {number} code @param {string} output @param {string} report
 * @param {(report: any) => Omit<Result, 'output'>} countsOf @returns {Result}
 */
function counted(code, output, report, countsOf) {
  const counts = existsSync(report) ? countsOf(JSON.parse(readFileSync(report, 'utf8'))) : single(false, '');
  const isUntold = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return { ...counts, failed: isUntold ? 1 : counts.failed, output };
}

/** @param {string} name */
function reportFile(name) {
  mkdirSync(REPORTS, { recursive: true });
  const file = join(REPORTS, name);
  rmSync(file, { force: true });
  return file;
}

/** @param {Tools} tools @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function run({ node, onChild }, command, args, env) {
  const options = { cwd: ROOT, env: { ...environmentOf(node), ...env } };
  const child = spawn(node, [command, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  onChild(child);
  return outcomeOf(child);
}
