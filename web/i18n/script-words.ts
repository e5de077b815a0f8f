import { Chapter, useChapter } from './chapter.ts';
import type { ScriptWords } from './en/scripts.ts';

const SCRIPT_WORDS = new Chapter<ScriptWords>({
  en: async () => (await import('./en/scripts.ts')).scripts,
  'zh-CN': async () => (await import('./zh-CN/scripts.ts')).scripts,
});

/** The words of scripts: they come with the first that is written or runs. */
export function useScriptWords(): ScriptWords {
  return useChapter(SCRIPT_WORDS);
}
