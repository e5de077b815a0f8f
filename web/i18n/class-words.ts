import { Chapter, useChapter } from './chapter.ts';
import type { ClassWords } from './en/teach.ts';

const CLASS_WORDS = new Chapter<ClassWords>({
  en: async () => (await import('./en/teach.ts')).classWords,
  'zh-CN': async () => (await import('./zh-CN/teach.ts')).classWords,
});

/** The words of class rooms: they come with the first page that shows one. */
export function useClassWords(): ClassWords {
  return useChapter(CLASS_WORDS);
}
