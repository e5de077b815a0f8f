import { useEffect, useState } from 'react';
import type { Messages } from '../i18n/en.ts';
import type { Language } from '../i18n/language.ts';
import { loadMessages } from '../i18n/t.ts';
import { writeStored } from '../platform/stored.ts';

export type ChosenLanguage = { readonly language: Language; readonly messages: Messages };

/** The language of the page; a new one is shown once its words are here, and remembered. */
export function useChosenLanguage(
  first: ChosenLanguage,
): [chosen: ChosenLanguage, setLanguage: (language: Language) => void] {
  const [chosen, setChosen] = useState(first);
  useEffect(() => {
    document.documentElement.lang = chosen.language;
  }, [chosen.language]);
  async function load(language: Language): Promise<void> {
    setChosen({ language, messages: await loadMessages(language) });
    writeStored('browser', 'language', language);
  }
  return [chosen, (language) => void load(language)];
}
