import { type KeyboardEvent, useState } from 'react';

export type LineActions = {
  readonly onLine: (line: string) => void;
  readonly onEnd: () => void;
  readonly onInterrupt: () => void;
  readonly onClear: () => void;
};

type Draft = {
  /** Undefined: nothing was typed since the last line was sent. */
  readonly text: string | undefined;
  /** Index into the history; its length: the line being typed. */
  readonly at: number;
};

/**
 * The keys of a terminal's line, on top of those that every text field has. `filledIn` stands in it while nothing else was typed: it is sent
 * as what is typed is, by Enter alone.
 */
export function useLine(
  history: readonly string[],
  filledIn: string | undefined,
  { onLine, onEnd, onInterrupt, onClear }: LineActions,
) {
  const [draft, setDraft] = useState<Draft>({ text: undefined, at: history.length });
  const [typed, setTyped] = useState<string | undefined>();
  const text = draft.text ?? filledIn ?? '';

  function recall(step: -1 | 1): void {
    const at = Math.min(history.length, Math.max(0, draft.at + step));
    if (at === draft.at) return;
    if (draft.at === history.length) setTyped(draft.text);
    setDraft({ text: at === history.length ? typed : history[at], at });
  }
  function empty(): void {
    setDraft({ text: '', at: history.length });
    setTyped(undefined);
  }
  function abandon(): void {
    empty();
    onInterrupt();
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    const run = actionOf(event);
    if (!run) return;
    event.preventDefault();
    run();
  }
  function actionOf(event: KeyboardEvent<HTMLInputElement>): (() => void) | undefined {
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.ctrlKey && !event.altKey && !event.metaKey) {
      const hasSelection = selectionStart !== selectionEnd || getSelection()?.isCollapsed === false;
      const key = event.key.toLowerCase();
      if (key === 'c' && !hasSelection) return abandon;
      if (key === 'd') return () => (text === '' ? onEnd() : undefined);
      if (key === 'l') return onClear;
      if (key === 'u') return empty;
      return undefined;
    }
    if (event.key === 'ArrowUp') return () => recall(-1);
    if (event.key === 'ArrowDown') return () => recall(1);
    if (event.key !== 'Enter') return undefined;
    return () => {
      setDraft({ text: undefined, at: history.length + 1 });
      setTyped(undefined);
      onLine(text);
    };
  }
  return {
    text,
    setText: (next: string) => setDraft({ text: next, at: history.length }),
    onKeyDown,
  };
}
