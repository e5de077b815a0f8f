import { use } from 'react';
import type { Language } from './language.ts';
import { MessagesContext } from './t.ts';

/** Words that come with what shows them, not with the first load: a module of each language, each fetched once. */
export class Chapter<Words> {
  readonly #loads: Readonly<Record<Language, () => Promise<Words>>>;
  readonly #fetched = new Map<Language, Promise<Words>>();

  constructor(loads: Readonly<Record<Language, () => Promise<Words>>>) {
    this.#loads = loads;
  }

  words(language: Language): Promise<Words> {
    const known = this.#fetched.get(language);
    if (known !== undefined) return known;
    const words = this.#loads[language]();
    this.#fetched.set(language, words);
    // What could not be had now is asked for again.
    words.catch(() => this.#fetched.delete(language));
    return words;
  }
}

/** A chapter's words in the language of the page. Suspends until they are there. */
export function useChapter<Words>(chapter: Chapter<Words>): Words {
  const context = use(MessagesContext);
  if (context === undefined) throw new Error('no MessagesContext above this component');
  return use(chapter.words(context.language));
}
