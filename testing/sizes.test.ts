import { globSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../scripts/toolchain.mjs';

const FOLDERS = '{protocol,trace,lesson,client,server,web,cli,testing,e2e,author,bench,soak,scripts}';
const CLASS_LINES_MAX = 250;
const FILE_LINES_MAX = 300;
const FOLDER_FILES_MAX = 20;
/** Tables and catalogues: they have a row for each of what they list. */
const LONG_FILES = ['web/i18n/*/*.ts', 'e2e/lessons/program-stories.ts'];
/** Those that docs/architecture.md says are flat, and why. */
const FLAT_FOLDERS = ['web/i18n/en', 'web/i18n/zh-CN', 'web/python/shim'];

const isTest = (name: string): boolean => /\.(?:test|spec)\.tsx?$|(?:^|\/)tsconfig[^/]*\.json$/.test(name);
const files = globSync(`${FOLDERS}/**/*.*`, { cwd: ROOT })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => !isTest(name) && !/\/(?:node_modules|__pycache__)\//.test(name));
const sources = files
  .filter((name) => /\.(?:tsx?|mjs|py)$/.test(name))
  .map((name) => ({ name, lines: readFileSync(join(ROOT, name), 'utf8').trimEnd().split('\n') }));
const isLong = (name: string): boolean => LONG_FILES.some((pattern) => matchesGlob(name, pattern));

/** The classes of a file that Biome has formatted: each ends with a brace in the first column. */
function classesOf(lines: readonly string[]): { readonly head: string; readonly length: number }[] {
  return lines.flatMap((head, start) =>
    /^(?:export )?(?:default )?(?:abstract )?class /.test(head) && !head.endsWith('}')
      ? { head, length: lines.indexOf('}', start) - start + 1 }
      : [],
  );
}

test('no class is longer than 250 lines', () => {
  const classes = sources.flatMap(({ name, lines }) => classesOf(lines).map((each) => ({ name, ...each })));
  expect(classes.length).toBeGreaterThan(200);
  expect(classes.filter(({ length }) => length > CLASS_LINES_MAX)).toEqual([]);
});

test('no file is longer than 300 lines but tables and catalogues', () => {
  const long = sources.filter(({ lines }) => lines.length > FILE_LINES_MAX).map(({ name }) => name);
  expect(long.filter((name) => !isLong(name))).toEqual([]);
  // What is no longer long is no exception any more.
  expect(LONG_FILES.filter((pattern) => !long.some((name) => matchesGlob(name, pattern)))).toEqual([]);
});

test('no folder has more than 20 files beside its tests, but those whose order docs/architecture.md explains', () => {
  const counts = new Map<string, number>();
  for (const name of files) counts.set(dirname(name), (counts.get(dirname(name)) ?? 0) + 1);
  const full = [...counts].filter(([, count]) => count > FOLDER_FILES_MAX).map(([name]) => name);
  expect(full.toSorted((one, other) => one.localeCompare(other))).toEqual(FLAT_FOLDERS);
  const rows = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8').split('\n');
  for (const name of FLAT_FOLDERS) {
    const isOf = (row: string): boolean => [name, dirname(name)].some((path) => row.startsWith(`| \`${path}\``));
    expect([name, rows.some((row) => isOf(row) && row.includes('flat'))]).toEqual([name, true]);
  }
});
