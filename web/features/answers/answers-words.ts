import { Chapter, useChapter } from '../../i18n/chapter.ts';
import type { AnswerWords } from '../../i18n/en/answers.ts';

const WORDS = new Chapter<AnswerWords>({
  en: async () => (await import('../../i18n/en/answers.ts')).answers,
  'zh-CN': async () => (await import('../../i18n/zh-CN/answers.ts')).answers,
});

export function useAnswerWords(): AnswerWords {
  return useChapter(WORDS);
}
