import { describe, expect, test } from 'vitest';
import { proofread } from '../author/proofread.ts';
import { Judge } from './judge/judge.ts';
import { formatPackFile, parsePack, parsePackFile } from './pack/pack.ts';
import { FakeFacts } from './testing/fake-facts.ts';
import { LESSONS_FOLDER, readPackFolder } from './testing/pack-folder.ts';

const FILES = readPackFolder(LESSONS_FOLDER);
const PACK = parsePack(FILES);

test('the pack goes into one file and back', () => {
  expect(parsePackFile(formatPackFile(FILES))).toEqual(PACK);
});

test('its words stand on the page, its links and programs are there, and each hint by outcome has a wrong path', () => {
  expect(proofread(PACK)).toEqual([]);
});

describe.each(PACK.lessons.map((each) => [each.lesson.id, each] as const))('%s', (_, { lesson }) => {
  test.each(lesson.steps.map((step) => step.id))('%s is not met, and raises no hint, with no facts', (id) => {
    const before = lesson.steps.slice(
      0,
      lesson.steps.findIndex((step) => step.id === id),
    );
    const facts = new FakeFacts();
    const judge = new Judge(lesson, facts, new Set(before.map((step) => step.id)));
    expect(judge.current?.id).toBe(id);
    for (let frame = 0; frame < 3; frame += 1) {
      expect(judge.update()).toBe(false);
      expect(judge.hints).toEqual([]);
      expect(judge.missing.length).toBeGreaterThan(0);
      facts.wait(1_500);
    }
  });
});
