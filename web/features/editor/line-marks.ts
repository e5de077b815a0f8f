import { type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { Milliseconds } from '../../../protocol/units.ts';

/** What the page draws at lines of a program: where it stands still, where it failed, which line a call was made from. */
export type LineMark = {
  /** From 1. */
  readonly line: number;
  readonly kind: 'blocked' | 'error' | 'chosen';
  /** Said behind the line's text; of what still goes on, by how long it has. */
  readonly text: string | Elapsing;
};

/** A text that says for how long something has gone on; `since` is ms since 1970. */
export type Elapsing = { readonly since: Milliseconds; readonly tell: (took: Milliseconds) => string };

const SECOND: Milliseconds = 1_000;
/** Past a minute nobody counts seconds, and a tab whose program waits is to use no processor time. */
const MINUTE: Milliseconds = 60_000;
const LONG_STEP: Milliseconds = 10_000;

const setMarks = StateEffect.define<readonly LineMark[]>();

class NoteWidget extends WidgetType {
  readonly #text: LineMark['text'];

  constructor(text: LineMark['text']) {
    super();
    this.#text = text;
  }
  override eq(other: NoteWidget): boolean {
    const [mine, its] = [this.#text, other.#text];
    if (typeof mine === 'string' || typeof its === 'string') return mine === its;
    return mine.since === its.since && mine.tell(0) === its.tell(0);
  }
  override toDOM(): HTMLElement {
    const note = document.createElement('span');
    note.className = 'cm-line-note';
    if (typeof this.#text === 'string') {
      note.textContent = `◀ ${this.#text}`;
      note.title = this.#text;
    } else keepTelling(note, this.#text);
    return note;
  }
  override destroy(note: HTMLElement): void {
    clearTimeout(clocks.get(note));
  }
}

/** By note, not by widget: the editor keeps what is drawn when an equal widget takes its place. */
const clocks = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

/** Writes into the note itself: neither the page nor the editor is drawn again for a clock. */
function keepTelling(note: HTMLElement, { since, tell }: Elapsing): void {
  const took = Math.max(0, performance.timeOrigin + performance.now() - since);
  const step = took < MINUTE ? SECOND : LONG_STEP;
  note.textContent = `◀ ${tell(took - (took % step))}`;
  clocks.set(
    note,
    setTimeout(() => keepTelling(note, { since, tell }), step - (took % step)),
  );
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
