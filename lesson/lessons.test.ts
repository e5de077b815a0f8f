import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { en } from '../web/i18n/en.ts';
import { zhCN } from '../web/i18n/zh-CN.ts';
import { Judge } from './judge.ts';
import type { LessonText } from './lesson-text.ts';
import { type Inline, parseMarkdown, uiKeysOf } from './markdown.ts';
import { formatPackFile, parsePack, parsePackFile, pathsOf } from './pack.ts';
import { FakeFacts } from './testing/fake-facts.ts';
import { LESSONS_FOLDER, readPackFolder } from './testing/pack-folder.ts';

const EXAMPLES = fileURLToPath(new URL('../web/store/programs/examples', import.meta.url));
const FILES = readPackFolder(LESSONS_FOLDER);
const PACK = parsePack(FILES);
const IDS = new Set(PACK.lessons.map(({ lesson }) => lesson.id));

/** Every text of a lesson that is Markdown. */
function textsOf(text: LessonText): string[] {
  const steps = Object.values(text.steps).flatMap(({ body, met, hints }) => [body, met, ...Object.values(hints)]);
  return [text.goal, text.takeaway, ...steps];
}
function wordAt(catalogue: unknown, key: string): unknown {
  let at: unknown = catalogue;
  for (const part of key.split('.')) at = (at as Record<string, unknown> | undefined)?.[part];
  return at;
}
function linksOf(part: Inline): string[] {
  if (part.kind === 'link') return [part.to];
  return part.kind === 'emphasis' || part.kind === 'strong' ? part.parts.flatMap(linksOf) : [];
}

test('the pack goes into one file and back', () => {
  expect(parsePackFile(formatPackFile(FILES))).toEqual(PACK);
});

describe.each(PACK.lessons.map((each) => [each.lesson.id, each] as const))('%s', (_, { lesson, texts, files }) => {
  test.each([
    ['en', en],
    ['zh-CN', zhCN],
  ] as const)('in %s names words that stand on the page', (language, catalogue) => {
    for (const text of textsOf(texts[language] as LessonText)) {
      for (const key of uiKeysOf(text)) expect(wordAt(catalogue, key), key).toBeTypeOf('string');
    }
  });

  test('links to lessons that are there', () => {
    for (const text of Object.values(texts)) {
      for (const source of textsOf(text)) {
        const links = parseMarkdown(source).flatMap((block) =>
          block.kind === 'paragraph' ? block.parts.flatMap(linksOf) : [],
        );
        for (const link of links) if (link.startsWith('lesson:')) expect(IDS).toContain(link.slice('lesson:'.length));
      }
    }
  });

  test('starts with programs that are there, and its solution differs from them', () => {
    for (const path of pathsOf(lesson)) {
      if (!path.startsWith('example:')) continue;
      expect(existsSync(join(EXAMPLES, path.slice('example:'.length))), path).toBe(true);
    }
    for (const [path, source] of Object.entries(files)) {
      if (path.startsWith('done/')) expect(source, path).not.toBe(files[path.replace('done/', 'start/')]);
    }
  });

  test('each hint by outcome has a wrong path', () => {
    for (const { id, hints, wrong = [] } of lesson.steps) {
      const wanted = hints.filter(({ when }) => when).map((hint) => hint.id);
      expect(new Set(wrong.map(({ hint }) => hint)), id).toEqual(new Set(wanted));
    }
  });

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
