import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quoteWord, splitWords } from './shell-words.ts';

test.each<[line: string, words: readonly string[] | undefined]>([
  ['', []],
  [' 127.0.0.1  8009 ', ['127.0.0.1', '8009']],
  ["--name 'a b'", ['--name', 'a b']],
  ['"a \\" \\\\ \\n b"', ['a " \\ \\n b']],
  ['a\'b\'"c"d', ['abcd']],
  ["'' x", ['', 'x']],
  ['a\\ b', ['a b']],
  ['$(rm) `ls` ; # x', ['$(rm)', '`ls`', ';', '#', 'x']],
  ["it's", undefined],
  ['"open', undefined],
  ['end\\', undefined],
])('%j is taken apart as shlex.split does it', (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

test('a shell gives back each word as it was', () => {
  const words = ['plain', '', 'two words', "it's", '$(echo no)', '`no`', '"', '\\', '!x', '; exit 1', '*', '~', '你好'];
  const line = `printf '%s\\n' ${words.map(quoteWord).join(' ')}`;
  expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(`${words.join('\n')}\n`);
});
