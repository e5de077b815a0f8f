import type { Draft } from './draft.ts';
import { parseStoredDraft } from './draft.ts';

const ENTRIES_MAX = 100;
/** Longer ones are pasted files, not lines somebody wants back. In UTF-16 units. */
const ENTRY_LENGTH_MAX = 4_096;

/** What was sent, oldest first. */
export type History = readonly Draft[];

/** The same line twice in a row is kept once. */
export function addToHistory(history: History, draft: Draft): History {
  const last = history.at(-1);
  const isRepeated =
    last?.text === draft.text &&
    last.sendAs === draft.sendAs &&
    last.lineEnding === draft.lineEnding &&
    (last.checksum ?? 'none') === (draft.checksum ?? 'none');
  if (isRepeated || draft.text === '' || draft.text.length > ENTRY_LENGTH_MAX) return history;
  return [...history, draft].slice(-ENTRIES_MAX);
}

/**
 * Where ArrowUp or ArrowDown lead from what stands in the box: an index of the history, its length for the empty box,
 * undefined where the key moves the caret instead. `at` is the entry shown now, its length if none.
 */
export function recall(history: History, at: number, text: string, key: string): number | undefined {
  const isShown = at < history.length && history[at]?.text === text;
  if (!isShown && text !== '') return undefined;
  const from = isShown ? at : history.length;
  if (key === 'ArrowUp') return from > 0 ? from - 1 : undefined;
  if (key === 'ArrowDown') return isShown ? from + 1 : undefined;
  return undefined;
}

/** What an earlier page left. */
export function parseStoredHistory(stored: unknown): History {
  return Array.isArray(stored) ? stored.map(parseStoredDraft).slice(-ENTRIES_MAX) : [];
}
