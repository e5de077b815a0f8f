import { Chapter, useChapter } from './chapter.ts';
import type { ToolWords } from './en/tools.ts';

const TOOLS = new Chapter<ToolWords>({
  en: async () => (await import('./en/tools.ts')).tools,
  'zh-CN': async () => (await import('./zh-CN/tools.ts')).tools,
});

/** The words of what an expert looks for: they come with the first view that shows it. */
export function useToolWords(): ToolWords {
  return useChapter(TOOLS);
}
