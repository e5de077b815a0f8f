import type { LessonText } from '../lesson/pack/lesson-text.ts';
import { type Inline, parseMarkdown, uiKeysOf } from '../lesson/pack/markdown.ts';
import { type Pack, type PackLesson, pathsOf } from '../lesson/pack/pack.ts';
import { en } from '../web/i18n/en.ts';
import { zhCN } from '../web/i18n/zh-CN.ts';
import { exampleAt } from './examples.ts';

const CATALOGUES = { en, 'zh-CN': zhCN };

/** What a pack's schema does not see: words that the page does not have, links and programs that lead nowhere, hints unproved. */
export function proofread(pack: Pack): string[] {
  const ids = new Set(pack.lessons.map(({ lesson }) => lesson.id));
  return pack.lessons.flatMap((content) => [
    ...pack.head.languages.flatMap((language) => wordsMissing(content, language)),
    ...linksAstray(content, ids),
    ...programsAmiss(content),
    ...hintsUnproved(content),
  ]);
}

function wordsMissing({ lesson, texts }: PackLesson, language: keyof typeof CATALOGUES): string[] {
  const text = texts[language];
  const keys = text ? textsOf(text).flatMap((source) => [...uiKeysOf(source)]) : [];
  return keys
    .filter((key) => typeof wordAt(CATALOGUES[language], key) !== 'string')
    .map((key) => `${lesson.id}/${language}.md: {ui:${key}} is no word of the page`);
}
function wordAt(catalogue: unknown, key: string): unknown {
  let at: unknown = catalogue;
  for (const part of key.split('.')) at = (at as Record<string, unknown> | undefined)?.[part];
  return at;
}

function linksAstray({ lesson, texts }: PackLesson, ids: ReadonlySet<string>): string[] {
  return Object.entries(texts).flatMap(([language, text]) =>
    textsOf(text)
      .flatMap((source) => parseMarkdown(source))
      .flatMap((block) => (block.kind === 'paragraph' ? block.parts.flatMap(linksOf) : []))
      .filter((link) => link.startsWith('lesson:') && !ids.has(link.slice('lesson:'.length)))
      .map((link) => `${lesson.id}/${language}.md: there is no ${link}`),
  );
}
function linksOf(part: Inline): string[] {
  if (part.kind === 'link') return [part.to];
  return part.kind === 'emphasis' || part.kind === 'strong' ? part.parts.flatMap(linksOf) : [];
}

function programsAmiss({ lesson, files }: PackLesson): string[] {
  const missing = pathsOf(lesson).filter((path) => {
    const [, name, file] = /^example:([a-z-]+)\/(.+)$/.exec(path) ?? [];
    return name !== undefined && file !== undefined && exampleAt(name, file) === undefined;
  });
  const same = Object.keys(files).filter(
    (path) => path.startsWith('done/') && files[path] === files[path.replace('done/', 'start/')],
  );
  return [
    ...missing.map((path) => `${lesson.id}/lesson.json: there is no ${path}`),
    ...same.map((path) => `${lesson.id}/${path}: is what the lesson starts with`),
  ];
}

function hintsUnproved({ lesson }: PackLesson): string[] {
  return lesson.steps.flatMap(({ id, hints, wrong = [] }) =>
    hints
      .filter((hint) => hint.when && !wrong.some((path) => path.hint === hint.id))
      .map((hint) => `${lesson.id}/lesson.json: the hint "${hint.id}" of ${id} has no wrong path`),
  );
}

/** Every text of a lesson that is Markdown. */
function textsOf(text: LessonText): string[] {
  const steps = Object.values(text.steps).flatMap(({ body, met, hints }) => [body, met, ...Object.values(hints)]);
  return [text.goal, text.takeaway, ...steps];
}
