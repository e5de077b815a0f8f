import { type KeyboardEvent, useState } from 'react';

export type LineActions = {
  readonly onLine: (line: string) => void;
  readonly onEnd: () => void;
  readonly onInterrupt: () => void;
  readonly onClear: () => void;
};

type Draft = {
  readonly text: string /** Index into the history; its length: the line being typed. */;
  readonly at: number;
};

/** The keys of a terminal's line, on top of those that every text field has. */
export function useLine(history: readonly string[], { onLine, onEnd, onInterrupt, onClear }: LineActions) {
  const [draft, setDraft] = useState<Draft>({ text: '', at: history.length });
  const [typed, setTyped] = useState('');

  function recall(step: -1 | 1): void {
    const at = Math.min(history.length, Math.max(0, draft.at + step));
    if (at === draft.at) return;
    if (draft.at === history.length) setTyped(draft.text);
    setDraft({ text: at === history.length ? typed : (history[at] as string), at });
  }
  function empty(): void {
    setDraft({ text: '', at: history.length });
    setTyped('');
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
      if (key === 'd') return () => (draft.text === '' ? onEnd() : undefined);
      if (key === 'l') return onClear;
      if (key === 'u') return empty;
      return undefined;
    }
    if (event.key === 'ArrowUp') return () => recall(-1);
    if (event.key === 'ArrowDown') return () => recall(1);
    if (event.key !== 'Enter') return undefined;
    return () => {
      const { text } = draft;
      setDraft({ text: '', at: history.length + 1 });
      setTyped('');
      onLine(text);
    };
  }
  return {
    text: draft.text,
    setText: (text: string) => setDraft({ text, at: history.length }),
    onKeyDown,
  };
}
