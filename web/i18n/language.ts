export const LANGUAGES = ['en', 'zh-CN'] as const;
/** BCP 47, as `<html lang>` wants it. */
export type Language = (typeof LANGUAGES)[number];

function isLanguage(tag: string | null): tag is Language {
  return LANGUAGES.some((language) => language === tag);
}

/** What was chosen before; else the first of the browser's languages that the page speaks; else English. */
export function pickLanguage(chosen: string | null, preferred: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}
