import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refusal } from '../lesson/pack/refusal.ts';
import type { PackHead } from '../lesson/schema/schema.ts';
import { readPack } from './pack-source.ts';

/** A pack of one small lesson, which docs/lessons.md goes through. */
export const TEMPLATE = fileURLToPath(new URL('./template/', import.meta.url));
const LESSON = 'hello';

/**
 * Begins a lesson in a pack's folder, the pack too where there is none yet. Nothing that is there is written over.
 * @throws {PlaygroundError} LESSONS_INVALID @throws {Error} the system's
 */
export function beginLesson(folder: string, id: string): void {
  if (existsSync(join(folder, id))) throw refusal(`${id}/`, '', 'is there already');
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(id))
    throw refusal(id, '', 'is no id: a to z first, then a to z, 0 to 9 and -, at most 32');
  const packFile = join(folder, 'pack.json');
  const isFirst = !existsSync(packFile);
  const head = JSON.parse(readFileSync(isFirst ? join(TEMPLATE, 'pack.json') : packFile, 'utf8')) as PackHead;
  if (!isFirst) readPack(folder);
  const parts = head.parts.map((part, index) => {
    if (isFirst) return { ...part, lessons: [id] };
    return index === head.parts.length - 1 ? { ...part, lessons: [...part.lessons, id] } : part;
  });
  mkdirSync(join(folder, id), { recursive: true });
  const lesson = readFileSync(join(TEMPLATE, LESSON, 'lesson.json'), 'utf8');
  writeFileSync(join(folder, id, 'lesson.json'), lesson.replace(`"id": "${LESSON}"`, `"id": "${id}"`));
  for (const language of head.languages) cpSync(join(TEMPLATE, LESSON, 'en.md'), join(folder, id, `${language}.md`));
  writeFileSync(packFile, `${JSON.stringify({ ...head, parts }, undefined, 2)}\n`);
}
