import { type Pack, parsePack } from '../../../lesson/pack/pack.ts';
import { validate } from '../../../lesson/pack/validate.ts';
import { type LessonLanguage, PackHead } from '../../../lesson/schema/schema.ts';

const ROOT = '../../../lessons/';
const HEAD = 'pack.json';

/** The words of one language are a chunk of their own: nobody loads the other's. */
const TEXTS: Readonly<Record<LessonLanguage, () => Promise<{ readonly texts: Readonly<Record<string, string>> }>>> = {
  en: () => import('./lesson-texts-en.ts'),
  'zh-CN': () => import('./lesson-texts-zh-cn.ts'),
};

/** The lessons that come with the page, with their words in one language. */
export async function loadBuiltInPack(language: LessonLanguage): Promise<Pack> {
  const [{ files: programs }, { texts }] = await Promise.all([import('./lesson-files.ts'), TEXTS[language]()]);
  const files = new Map(
    Object.entries({ ...programs, ...texts }).map(([path, text]) => [path.slice(ROOT.length), text] as const),
  );
  const head = validate(PackHead, JSON.parse(files.get(HEAD) ?? 'null'), HEAD);
  files.set(HEAD, JSON.stringify({ ...head, languages: [language] }));
  return parsePack(files);
}
