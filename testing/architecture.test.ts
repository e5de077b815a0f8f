import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../scripts/toolchain.mjs';

const FOLDERS = '{protocol,trace,lesson,client,server,web,cli,testing,e2e,author,bench,soak,scripts}';

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
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
