import { useState } from 'react';
import { readStored, writeStored } from '../platform/stored.ts';

const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Also read by public/theme.js, before the first paint. */
const KEY = 'theme';

export function parseTheme(stored: string | null): Theme {
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme;
}

/** The chosen theme, and what goes on to the next one. */
export function useTheme(): [theme: Theme, change: () => void] {
  const [theme, setTheme] = useState(() => parseTheme(readStored('browser', KEY)));
  function change(): void {
    const next = nextTheme(theme);
    setTheme(next);
    writeStored('browser', KEY, next);
    if (next === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = next;
  }
  return [theme, change];
}
