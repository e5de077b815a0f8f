import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { adoptEditorStyles } from './adopted-styles.ts';
import styles from './Editor.module.css';
import { createState, type EditorOptions } from './editor-setup.ts';
import { type LineMark, showMarks } from './line-marks.ts';

type EditorProps = EditorOptions & { readonly marks: readonly LineMark[] };

/** The editor owns its text; a `source` that is not what it last told replaces it (an example was chosen, a file opened). */
export function Editor({ source, marks, ...options }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(options);
  latest.current = options;
  const { label } = options;
  const first = useRef(source);
  const lastShown = useRef('');

  useEffect(() => {
    adoptEditorStyles();
    const editor = new EditorView({
      parent: host.current as HTMLDivElement,
      state: createState({
        source: first.current,
        label,
        onChange: (text) => latest.current.onChange(text),
        onLine: (line) => latest.current.onLine(line),
        onRun: () => latest.current.onRun(),
      }),
    });
    view.current = editor;
    return () => {
      first.current = editor.state.doc.toString();
      editor.destroy();
    };
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === source) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: source }, selection: { anchor: 0 } });
  }, [source]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    showMarks(editor, marks);
    // The line that was chosen is to be seen; so is the one that blocks, but for somebody who is writing.
    const shown = marks.find(({ kind }) => kind === 'chosen') ?? (editor.hasFocus ? undefined : marks[0]);
    if (!shown || shown.line > editor.state.doc.lines) return;
    const key = `${shown.kind} ${shown.line}`;
    if (key === lastShown.current) return;
    lastShown.current = key;
    const { from } = editor.state.doc.line(shown.line);
    editor.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'nearest', yMargin: 24 }) });
  }, [marks]);

  return <div ref={host} className={styles.editor} />;
}
