import { type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';

/** What the page draws at lines of a program: where it stands still, where it failed, which line a call was made from. */
export type LineMark = {
  /** From 1. */
  readonly line: number;
  readonly kind: 'blocked' | 'error' | 'chosen';
  /** Said behind the line's text. */
  readonly text: string;
};

const setMarks = StateEffect.define<readonly LineMark[]>();

class NoteWidget extends WidgetType {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }
  override eq(other: NoteWidget): boolean {
    return other.#text === this.#text;
  }
  override toDOM(): HTMLElement {
    const note = document.createElement('span');
    note.className = 'cm-line-note';
    note.textContent = `◀ ${this.#text}`;
    return note;
  }
}

const marksField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return draw(effect.value, transaction.state.doc);
    }
    return decorations.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function draw(marks: readonly LineMark[], doc: { lines: number; line: (n: number) => { from: number; to: number } }) {
  const builder = new RangeSetBuilder<Decoration>();
  const inOrder = marks.filter(({ line }) => line >= 1 && line <= doc.lines).toSorted((a, b) => a.line - b.line);
  for (const { line, kind } of inOrder) {
    const { from } = doc.line(line);
    builder.add(from, from, Decoration.line({ class: `cm-line-${kind}` }));
    const note = marks.find((mark) => mark.line === line && mark.text !== '');
    const isLast = inOrder.findLast((mark) => mark.line === line)?.kind === kind;
    if (note && isLast) {
      const { to } = doc.line(line);
      builder.add(to, to, Decoration.widget({ widget: new NoteWidget(note.text), side: 1 }));
    }
  }
  return builder.finish();
}

export const lineMarks: Extension = marksField;

export function showMarks(view: EditorView, marks: readonly LineMark[]): void {
  view.dispatch({ effects: setMarks.of(marks) });
}
