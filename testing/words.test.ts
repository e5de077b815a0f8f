import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../scripts/toolchain.mjs';
import { foundChinese, foundEnglish, refusedEnglish } from './words.ts';

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const refused = refusedEnglish(read('docs/glossary.md'));
/** Every file of these that has a word which it should not have. */
function foundIn(globs: readonly string[], look: (text: string) => readonly string[]): string[] {
  const files = globSync([...globs], { cwd: ROOT }).filter((name) => name !== join('docs', 'glossary.md'));
  expect(files.length).toBeGreaterThan(globs.length);
  return files.flatMap((name) => look(read(name)).map((line) => `${name}:${line}`));
}

test('the glossary’s column "never" is read', () => {
  expect(refused).toEqual(expect.arrayContaining(['other side', 'middleman', 'hang up', 'student', 'tunnel']));
});
test('a refused word is found, with its line, and not in code', () => {
  expect(foundEnglish('fine\nThe Other Side hangs up.', refused)).toEqual(['2: Other Side: The Other Side hangs up.']);
  expect(foundEnglish('`timeout tunnel 90s`\n```\nstudent\n```\nbuilt anew', refused)).toEqual(['5: anew: built anew']);
  expect(foundChinese('对端\n对方关闭了')).toEqual(['2: 对方 (对端): 对方关闭了']);
});
test('English texts and documents have plain words, each for one thing', () => {
  const texts = ['web/i18n/en/*.ts', 'lessons/*/en.md', '*.md', 'docs/*.md', 'docs/decisions/*.md'];
  expect(foundIn(texts, (text) => foundEnglish(text, refused))).toEqual([]);
});
test('Chinese texts have one term for one thing', () => {
  expect(foundIn(['web/i18n/zh-CN/*.ts', 'lessons/*/zh-CN.md', 'README.zh-CN.*'], foundChinese)).toEqual([]);
});
