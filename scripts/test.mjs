/**
 * `npm test`: installs what is missing, then runs every check. `npm test -- unit browser` runs those suites alone.
 * The last line says how many checks passed and failed, over all suites.
 */
import { ensureChromium } from './chromium.mjs';
import { SUITES } from './suites.mjs';
import { findNode, giveUp, installPackages } from './toolchain.mjs';

/** What may run side by side: the sets one after another, the lanes of a set together, each lane's suites in order. */
const PLAN = [
  [
    ['lint', 'types', 'unused'],
    ['build', 'size'],
  ],
  [['unit']],
  [['soak']],
  [['lessons']],
  [['browser', 'stories']],
];
/** No suite takes this long, on a busy machine that draws in software either; one that does has hung. */
const SUITE_TIMEOUT = 1_800_000;
/** How long a process that was asked to stop may tidy up. */
const STOP_TIMEOUT = 8_000;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in SUITES));
if (unknown.length > 0) giveUp(`No suite ${unknown.join(', ')}: there are ${Object.keys(SUITES).join(', ')}.`);
/** @param {string} name */
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);

installPackages();
const node = findNode();
/** What a browser runs. */
const IN_BROWSER = ['browser', 'stories'];
const chromium = IN_BROWSER.some(isWanted) ? ensureChromium(node) : undefined;

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
let isStopping = false;

/** @param {import('node:child_process').ChildProcess} child */
function stop(child) {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
  child.once('close', () => clearTimeout(timer));
}
/** @param {import('node:child_process').ChildProcess} child */
function watch(child) {
  children.add(child);
  const timer = setTimeout(stop, SUITE_TIMEOUT, child);
  child.once('close', () => {
    clearTimeout(timer);
    children.delete(child);
  });
  if (isStopping) stop(child);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    for (const child of children) stop(child);
  });
}

const sum = { passed: 0, failed: 0, skipped: 0 };

/** @param {string} name */
async function runSuite(name) {
  const suite = SUITES[name];
  if (!suite || !isWanted(name) || isStopping) return;
  if (IN_BROWSER.includes(name) && !chromium) {
    console.log(
      `${name.padEnd(8)} left out: no Chromium runs here (it is not there, or lacks libraries). Install one, or name its path in ` +
        'the variable CHROMIUM.',
    );
    sum.skipped += 1;
    return;
  }
  const start = Date.now();
  const result = await suite({ node, chromium: chromium?.path, isWhole: wanted.length === 0, onChild: watch }).catch(
    (error) => ({
      passed: 0,
      failed: 1,
      skipped: 0,
      output: `${error instanceof Error ? error.stack : error}\n`,
    }),
  );
  if (result.failed > 0 || name === 'size') process.stdout.write(result.output);
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
  const seconds = ((Date.now() - start) / 1_000).toFixed(1);
  console.log(`${name.padEnd(8)} ${result.passed} passed, ${result.failed} failed${skipped} (${seconds} s)`);
  sum.passed += result.passed;
  sum.failed += result.failed;
  sum.skipped += result.skipped;
}

for (const lanes of PLAN) {
  await Promise.all(
    lanes.map(async (lane) => {
      for (const name of lane) await runSuite(name);
    }),
  );
}
if (isStopping) {
  console.log('Stopped before the end.');
  sum.failed += 1;
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
// Who asked for nothing else than what was left out has not seen it pass.
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
