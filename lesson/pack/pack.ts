import type { Static, TSchema } from 'typebox';
import * as Type from 'typebox';
import { closedObject } from '../../protocol/schema/closed-object.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { LESSONS_MAX, Lesson, type LessonLanguage, PackHead } from '../schema/schema.ts';
import { recordOf } from '../schema/schema-parts.ts';
import { type LessonText, parseLessonText } from './lesson-text.ts';
import { refusal } from './refusal.ts';
import { checkRules } from './rules.ts';
import { validate } from './validate.ts';

export const PACK_BYTES_MAX: ByteCount = 2_097_152;
const FILE_BYTES_MAX: ByteCount = 65_536;
/** Nesting of a JSON file: deeper than any lesson, and far from the end of the stack. */
const JSON_DEPTH_MAX = 32;
const FILES_MAX = 1_024;

export type PackLesson = {
  readonly lesson: Lesson;
  readonly part: string;
  readonly texts: Readonly<Partial<Record<LessonLanguage, LessonText>>>;
  /** `start/server.py` and the like, with what they hold. */
  readonly files: Readonly<Record<string, string>>;
};
/** Lessons in their order. It is data: nothing of it is ever run but what a learner runs. */
export type Pack = { readonly head: PackHead; readonly lessons: readonly PackLesson[] };

/** `NAME.lessons.json`: a pack's files in one. */
const PackFile = closedObject({ format: Type.Literal(1), files: recordOf(Type.String()) });

/** @throws {PlaygroundError} LESSONS_INVALID */
export function parsePackFile(text: string, name = 'the file'): Pack {
  if (text.length > PACK_BYTES_MAX || encodeUtf8(text).length > PACK_BYTES_MAX) {
    throw refusal(name, '', `has more than ${PACK_BYTES_MAX} bytes`);
  }
  const { files } = parseJson(PackFile, text, name);
  return parsePack(new Map(Object.entries(files)));
}

/** @internal For the author's tool: what `parsePackFile` reads. */
export function formatPackFile(files: ReadonlyMap<string, string>): string {
  return JSON.stringify({ format: 1, files: Object.fromEntries(files) });
}

/**
 * A pack from its files by their paths: `pack.json`, and of each lesson `ID/lesson.json`, a text in each language, and its programs.
 * @throws {PlaygroundError} LESSONS_INVALID: names the file, the place in it and the reason
 */
export function parsePack(files: ReadonlyMap<string, string>): Pack {
  if (files.size > FILES_MAX) throw refusal('pack.json', '', `has more than ${FILES_MAX} files`);
  const head = parseJson(PackHead, fileOf(files, 'pack.json'), 'pack.json');
  const ids = head.parts.flatMap(({ lessons }) => lessons);
  if (ids.length > LESSONS_MAX) throw refusal('pack.json', '/parts', `has more than ${LESSONS_MAX} lessons`);
  const used = new Set(['pack.json']);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw refusal('pack.json', '/parts', `"${twice}" stands there twice`);
  for (const language of head.languages) checkTitles(head, language);
  const lessons = head.parts.flatMap((part) =>
    part.lessons.map((id) => parseLesson(files, used, { id, part: part.id, languages: head.languages })),
  );
  const stray = [...files.keys()].find((path) => !used.has(path));
  if (stray !== undefined) throw refusal(stray, '', 'is nothing of this pack');
  return { head, lessons };
}

/** Titles of the pack and of its parts. */
function checkTitles({ titles, parts }: PackHead, language: string): void {
  const own = Object.hasOwn(titles, language) ? titles[language] : undefined;
  for (const id of ['pack', ...parts.map((part) => part.id)]) {
    if (!own || !Object.hasOwn(own, id)) throw refusal('pack.json', `/titles/${language}/${id}`, 'is missing');
  }
}

type Wanted = { readonly id: string; readonly part: string; readonly languages: readonly LessonLanguage[] };

function parseLesson(
  files: ReadonlyMap<string, string>,
  used: Set<string>,
  { id, part, languages }: Wanted,
): PackLesson {
  const take = (name: string): string => {
    used.add(`${id}/${name}`);
    return fileOf(files, `${id}/${name}`);
  };
  const file = `${id}/lesson.json`;
  const lesson = parseJson(Lesson, take('lesson.json'), file);
  if (lesson.id !== id) throw refusal(file, '/id', `is not "${id}", the name of its folder`);
  checkRules(lesson, file);
  const texts = languages.map((language) => {
    const name = `${language}.md`;
    return [language, parseLessonText(take(name), lesson, `${id}/${name}`)] as const;
  });
  const own = pathsOf(lesson).filter((path) => !path.startsWith('example:'));
  return {
    lesson,
    part,
    texts: Object.fromEntries(texts),
    files: Object.fromEntries(own.map((path) => [path, take(path)])),
  };
}

/** The programs that a lesson starts with or writes. */
export function pathsOf({ start, steps }: Lesson): string[] {
  const actions = steps.flatMap(({ solution, wrong = [] }) => [...solution, ...wrong.flatMap((path) => path.actions)]);
  const written = actions.flatMap(({ write }) => (write ? [write[1]] : []));
  return [...new Set([...Object.values(start.files ?? {}), ...written])];
}

function fileOf(files: ReadonlyMap<string, string>, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw refusal(path, '', 'is missing');
  if (text.length > FILE_BYTES_MAX) throw refusal(path, '', `has more than ${FILE_BYTES_MAX} characters`);
  return text;
}

function parseJson<Schema extends TSchema>(schema: Schema, text: string, file: string): Static<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refusal(file, '', `is no JSON: ${cause instanceof Error ? cause.message : cause}`);
  }
  if (isDeeper(value, JSON_DEPTH_MAX)) throw refusal(file, '', `is nested deeper than ${JSON_DEPTH_MAX}`);
  return validate(schema, value, file);
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((part) => isDeeper(part, depth - 1));
}
