import { createContext, use } from 'react';
import type { Messages } from './en.ts';
import type { Language } from './language.ts';

/**
 * The words of the page, one object per feature. A message is a string, or a function where it has parameters: a missing
 * message, a missing parameter or one of the wrong type does not compile, in either language (`Messages` is the type of
 * the English catalogue, and the Chinese one is declared to be of it). Word order and plurals are the catalogue's.
 */
export const MessagesContext = createContext<{ messages: Messages; language: Language } | undefined>(undefined);

/** `const t = useT(); … t.composer.send` */
export function useT(): Messages {
  const context = use(MessagesContext);
  if (context === undefined) throw new Error('no MessagesContext above this component');
  return context.messages;
}

/** The language of the page, for what has words outside of the catalogue. */
export function useLanguage(): Language {
  const context = use(MessagesContext);
  if (context === undefined) throw new Error('no MessagesContext above this component');
  return context.language;
}

/** Fetches one language's words: each is a chunk of its own, so nobody loads the one they do not read. */
export async function loadMessages(language: Language): Promise<Messages> {
  return language === 'zh-CN' ? (await import('./zh-CN.ts')).zhCN : (await import('./en.ts')).en;
}
