import { Chapter, useChapter } from '../../i18n/chapter.ts';
import type { MessageToolsWords } from '../../i18n/en/message-tools.ts';

const WORDS = new Chapter<MessageToolsWords>({
  en: async () => (await import('../../i18n/en/message-tools.ts')).messageTools,
  'zh-CN': async () => (await import('../../i18n/zh-CN/message-tools.ts')).messageTools,
});

/** The words of the panel that the composer opens, and of what it says of a message with a checksum or of a link. */
export function useMessageToolsWords(): MessageToolsWords {
  return useChapter(WORDS);
}
