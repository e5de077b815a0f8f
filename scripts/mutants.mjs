/**
 * `npm run mutants`: switches off each guard by name, in a copy of the tree, and expects the tests that hold it to turn
 * red. `npm run mutants -- NAME…`: those whose names contain one of these words.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf, environmentOf, findNode, giveUp, installPackages, ROOT } from './toolchain.mjs';

/**
 * @typedef {{ from: string, to: string }} Change text that stands in the file once, and what to put in its place
 * @typedef {Change & { name: string, file: string, also?: Change, tests: string[] }} Mutant `also`: in the same file
 */
const FOLDERS = [
  'author',
  'cli',
  'client',
  'docs',
  'lesson',
  'lessons',
  'protocol',
  'scripts',
  'server',
  'testing',
  'trace',
  'web',
];
const FILES = ['package.json', 'tsconfig.json', 'tsconfig.base.json', 'vitest.config.ts'];
/** A test that a mutant makes wait for ever counts as red. */
const RUN_TIMEOUT = 120_000;
/** All tests of all mutants in one run, on a busy machine too. */
const FIRST_RUN_TIMEOUT = 1_800_000;

/** @type {Mutant[]} */
const mutants = JSON.parse(readFileSync(new URL('mutants.json', import.meta.url), 'utf8'));
const words = process.argv.slice(2);
const wanted = mutants.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (wanted.length === 0) giveUp(`No mutant of that name. There are: ${mutants.map(({ name }) => name).join('; ')}.`);

installPackages();
const node = findNode();
const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
for (const name of [...FOLDERS, ...FILES]) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');

/** @param {string[]} tests @param {number} [timeout] in ms @returns {{ isGreen: boolean, output: string }} */
function run(tests, timeout = RUN_TIMEOUT) {
  const args = [commandOf('vitest'), 'run', '--bail=1', '--reporter=dot', ...tests];
  const options = {
    cwd: copy,
    env: environmentOf(node),
    timeout,
    killSignal: /** @type {const} */ ('SIGKILL'),
  };
  const { status, stdout, stderr } = spawnSync(node, args, options);
  return { isGreen: status === 0, output: `${stdout}${stderr}` };
}

/** @param {string} text @param {Change} change @param {string} name @returns {string} */
function applied(text, { from, to }, name) {
  const [before, after, ...more] = text.split(from);
  if (before === undefined || after === undefined || more.length > 0) {
    giveUp(
      `${name}: its text does not stand exactly once in the file any more; bring scripts/mutants.json up to date.`,
    );
  }
  return before + to + after;
}

/** @param {Mutant} mutant @returns {boolean} */
function survives({ name, file, from, to, also, tests }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  const first = applied(text, { from, to }, name);
  writeFileSync(path, also ? applied(first, also, name) : first);
  try {
    return run(tests).isGreen;
  } finally {
    writeFileSync(path, text);
  }
}

const tests = [...new Set(wanted.flatMap((mutant) => mutant.tests))];
const { isGreen, output } = run(tests, FIRST_RUN_TIMEOUT);
if (!isGreen) giveUp(`${output}\nThe tests are red without any mutant.`);

let survivors = 0;
for (const mutant of wanted) {
  const start = Date.now();
  const isAlive = survives(mutant);
  if (isAlive) survivors += 1;
  const seconds = ((Date.now() - start) / 1_000).toFixed(1);
  console.log(`${isAlive ? 'SURVIVED' : 'killed  '} ${mutant.name} (${mutant.file}, ${seconds} s)`);
}
console.log(`${wanted.length - survivors} killed, ${survivors} survived`);
process.exitCode = survivors > 0 ? 1 : 0;
