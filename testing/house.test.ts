import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../scripts/toolchain.mjs';

const FILE_LINES_MAX = 300;
const CLASS_LINES_MAX = 250;
const FOLDER_FILES_MAX = 20;
const FOLDERS = '{protocol,trace,lesson,client,server,web,cli,testing,e2e,author,bench,soak,scripts}';
/** Tables: a row for each thing, and nothing that a reader has to follow. */
const TABLES = /^web\/i18n\/|^e2e\/lessons\//;
/** A module of Python is found by its name in one folder; a catalogue has a file for each part of the page. */
const FLAT = /^web\/python\/shim$|^web\/i18n\/(en|zh-CN)$/;

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const files = globSync(`${FOLDERS}/**/*.{ts,tsx,mjs,py,css,json}`, { cwd: ROOT })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => !/\.(test|spec|bench)\.\w+$|\/testing\//.test(name) || name.startsWith('testing/kit/'));
const code = files.filter((name) => /\.(ts|tsx|mjs)$/.test(name));

test('no file is longer than a reader holds, but tables', () => {
  const long = code.filter((name) => !TABLES.test(name) && read(name).split('\n').length - 1 > FILE_LINES_MAX);
  expect(long).toEqual([]);
});

test('no class is longer', () => {
  const long = code.flatMap((name) => {
    const classes = read(name).matchAll(/^(?:export )?class (\w+)[\s\S]*?^}$/gm);
    return [...classes]
      .filter(([text]) => text.split('\n').length > CLASS_LINES_MAX)
      .map(([, one]) => `${name}: ${one}`);
  });
  expect(long).toEqual([]);
});

test('no folder has more files than one sees at once, but those that are flat for a reason', () => {
  const counts = new Map<string, number>();
  for (const name of files) {
    if (basename(name).includes('.test.')) continue;
    counts.set(dirname(name), (counts.get(dirname(name)) ?? 0) + 1);
  }
  const full = [...counts].filter(([folder, count]) => count > FOLDER_FILES_MAX && !FLAT.test(folder));
  expect(full).toEqual([]);
});

/** A path of the project, or the end of one; `*` is any part of a name. */
function isThere(name: string): boolean {
  const pattern = name.replaceAll('.', '\\.').replaceAll('*', '[^/]*').replace(/\/$/, '');
  return paths.some((path) => new RegExp(`(^|/)${pattern}(/|$)`).test(path));
}
const paths = globSync('{*,{.github,deploy,docs,examples,lessons}/**}', { cwd: ROOT })
  .concat(globSync(`${FOLDERS}/**/*.*`, { cwd: ROOT }))
  .map((name) => name.replaceAll('\\', '/'));

test('what docs/architecture.md names is there', () => {
  const names = [...read('docs/architecture.md').matchAll(/`((?:[\w-]+\/)+[\w.*-]*|[\w-]+\.(?:ts|tsx|mjs|json))`/g)]
    .map(([, name = '']) => name)
    .filter((name) => !/^(use-)?name\b/i.test(name));
  expect(names.length).toBeGreaterThan(80);
  expect(names.filter((name) => !isThere(name))).toEqual([]);
});

test('each mutant changes a text that stands in its file, and tests that are there find it', () => {
  type Mutant = {
    readonly name: string;
    readonly file: string;
    readonly from: string;
    readonly tests: readonly string[];
  };
  const mutants = JSON.parse(read('scripts/mutants.json')) as readonly Mutant[];
  expect(mutants.length).toBeGreaterThan(200);
  const stale = mutants.filter(({ file, from, tests }) => {
    const isThere = existsSync(join(ROOT, file)) && read(file).includes(from);
    return !isThere || tests.some((name) => !existsSync(join(ROOT, name)));
  });
  expect(stale.map(({ name }) => name)).toEqual([]);
});
