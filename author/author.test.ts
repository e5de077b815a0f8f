import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parsePack, parsePackFile } from '../lesson/pack/pack.ts';
import { LESSONS_FOLDER, readPackFolder } from '../lesson/testing/pack-folder.ts';
import { parseArguments } from './arguments.ts';
import { packFolder, readPack } from './pack-source.ts';
import { proofread } from './proofread.ts';
import { beginLesson, TEMPLATE } from './scaffold.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'lessons-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('a first lesson brings its pack, the next one joins it, and both are a pack', () => {
  const path = folder();
  beginLesson(path, 'first-one');
  beginLesson(path, 'second');
  expect(readPack(path).lessons.map(({ lesson }) => lesson.id)).toEqual(['first-one', 'second']);
  expect(proofread(readPack(path))).toEqual([]);
});

test.each([
  ['there', 'there/: is there already'],
  ['Über', /^Über: is no id/],
])('no lesson "%s" is begun over what is there, or under a wrong name', (id, message) => {
  const path = folder();
  mkdirSync(join(path, 'there'));
  expect(() => beginLesson(path, id)).toThrow(message);
});

test('a folder as one file: named by its pack, and read as the folder is', () => {
  const { name, text } = packFolder(LESSONS_FOLDER);
  expect(name).toBe('sockets.lessons.json');
  expect(parsePackFile(text)).toEqual(readPack(LESSONS_FOLDER));
  const file = join(folder(), name);
  writeFileSync(file, text);
  expect(readPack(file)).toEqual(readPack(LESSONS_FOLDER));
});

const files = readPackFolder(TEMPLATE);
const changed = (path: string, from: string, to: string) =>
  parsePack(new Map(files).set(path, (files.get(path) ?? '').replace(from, to)));

test.each([
  ['hello/en.md', '{ui:target.connect}', '{ui:target.dial}', 'hello/en.md: {ui:target.dial} is no word of the page'],
  ['hello/en.md', 'It answers.', '[On](lesson:next)', 'hello/en.md: there is no lesson:next'],
  [
    'hello/lesson.json',
    '"lab": "Raw echo" }',
    '"files": { "server.py": "example:nowhere/server.py" } }',
    'hello/lesson.json: there is no example:nowhere/server.py',
  ],
])('proofreading %s: %s', (path, from, to, problem) => {
  expect(proofread(changed(path, from, to))).toEqual([problem]);
});

test('a hint by outcome without a wrong path is a problem', () => {
  const lesson = JSON.parse(files.get('hello/lesson.json') ?? '');
  delete lesson.steps[0].wrong;
  const pack = parsePack(new Map(files).set('hello/lesson.json', JSON.stringify(lesson)));
  expect(proofread(pack)).toEqual(['hello/lesson.json: the hint "refused" of say has no wrong path']);
});

test.each([
  [['look'], 'command look: new, check, play, pack'],
  [['check', '--repeat', '0'], '--repeat 0: a number from 1 to 1000'],
  [['check', '--share', '3'], '--share 3: N/OF, such as 1/3'],
  [['check', '--queue', 'mine'], '--queue mine: kernel, emulated'],
])('%j is refused: %s', (args, message) => {
  expect(() => parseArguments(args)).toThrow(message);
});
