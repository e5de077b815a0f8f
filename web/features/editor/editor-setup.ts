import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python, pythonLanguage } from '@codemirror/lang-python';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { membersOf } from './completions.ts';
import { lineMarks } from './line-marks.ts';

const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], color: 'var(--color-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--color-received)' },
  { tag: tags.number, color: 'var(--color-server)' },
  { tag: tags.comment, color: 'var(--color-faint)', fontStyle: 'italic' },
  { tag: [tags.definition(tags.function(tags.variableName)), tags.className], color: 'var(--color-accent)' },
]);

const THEME = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--color-panel)', color: 'var(--color-ink)', fontSize: 'var(--text-s)' },
  '&.cm-focused': { outline: 'var(--focus-ring)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.62' },
  '.cm-content': { caretColor: 'var(--color-ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--color-ink)' },
  '.cm-gutters': { backgroundColor: 'var(--color-panel)', color: 'var(--color-faint)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--color-sunken) 60%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--color-accent) 25%, transparent)',
  },
  '.cm-line-blocked': { backgroundColor: 'var(--color-accent-soft)', boxShadow: 'inset 3px 0 var(--color-accent)' },
  '.cm-line-error': { backgroundColor: 'var(--color-bad-soft)', boxShadow: 'inset 3px 0 var(--color-bad)' },
  '.cm-line-chosen': { backgroundColor: 'var(--color-server-soft)', boxShadow: 'inset 3px 0 var(--color-server)' },
  '.cm-line-note': { marginLeft: '2ch', color: 'var(--color-muted)', fontStyle: 'italic' },
  '.cm-line-error .cm-line-note': { color: 'var(--color-bad)' },
  '.cm-panels': { backgroundColor: 'var(--color-sunken)', color: 'var(--color-ink)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--color-panel)',
    border: '1px solid var(--color-line)',
    boxShadow: 'var(--shadow-raised)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--color-accent)',
    color: 'var(--color-on-accent)',
  },
});

const MEMBER = /([A-Za-z_]\w*)\.\w*$/;

function completeMembers(context: CompletionContext): CompletionResult | null {
  const before = context.matchBefore(MEMBER);
  const name = before && MEMBER.exec(before.text)?.[1];
  if (!before || !name) return null;
  return { from: before.from + name.length + 1, options: membersOf(name), validFor: /^\w*$/ };
}

export type EditorOptions = {
  readonly source: string;
  readonly label: string;
  readonly onChange: (source: string) => void;
  /** The caret was put on a line by the person, from 1. */
  readonly onLine: (line: number) => void;
  readonly onRun: () => void;
};

/** A Python editor as people know it: four spaces, Tab indents, Escape then Tab leaves. */
export function createState({ source, label, onChange, onLine, onRun }: EditorOptions): EditorState {
  const extensions: Extension[] = [
    lineNumbers(),
    foldGutter(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    dropCursor(),
    EditorState.allowMultipleSelections.of(true),
    indentUnit.of('    '),
    EditorState.tabSize.of(4),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    search({ top: true }),
    highlightSelectionMatches(),
    highlightActiveLine(),
    python(),
    pythonLanguage.data.of({ autocomplete: completeMembers }),
    syntaxHighlighting(HIGHLIGHT),
    lineMarks,
    THEME,
    // The index says to assistive technology that what scrolls can be reached by the keyboard.
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    keymap.of([
      {
        key: 'Mod-Enter',
        run: () => {
          onRun();
          return true;
        },
      },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      indentWithTab,
      ...defaultKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
      const isByPerson = update.transactions.some((transaction) => transaction.isUserEvent('select'));
      if (update.selectionSet && isByPerson && !update.docChanged) {
        onLine(update.state.doc.lineAt(update.state.selection.main.head).number);
      }
    }),
  ];
  return EditorState.create({ doc: source, extensions });
}
