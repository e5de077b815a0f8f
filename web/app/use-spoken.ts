import { useEffect, useState } from 'react';
import type { Messages } from '../i18n/en.ts';
import type { Language } from '../i18n/language.ts';
import { loadMessages } from '../i18n/t.ts';
import { writeStored } from '../platform/stored.ts';

export type Spoken = { readonly language: Language; readonly messages: Messages };

/** The language of the page; a new one is spoken once its words are here, and remembered. */
export function useSpoken(first: Spoken): [spoken: Spoken, speak: (language: Language) => void] {
  const [spoken, setSpoken] = useState(first);
  useEffect(() => {
    document.documentElement.lang = spoken.language;
  }, [spoken.language]);
  async function load(language: Language): Promise<void> {
    setSpoken({ language, messages: await loadMessages(language) });
    writeStored('browser', 'language', language);
  }
  return [spoken, (language) => void load(language)];
}
