import type { KeyboardEvent, ReactNode } from 'react';
import styles from './Panel.module.css';

type PanelProps = {
  readonly id: string;
  readonly label: string;
  /** Escape was pressed within: whoever opened it closes it, and puts the focus back. */
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A part of the page that a button opens, under it and not over anything: the rest can be used meanwhile. */
export function Panel({ id, label, onClose, children }: PanelProps) {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  }
  return (
    <section id={id} aria-label={label} className={styles.panel} onKeyDown={onKeyDown}>
      {children}
    </section>
  );
}

type FieldsetProps = { readonly legend: string; readonly hint?: string; readonly children: ReactNode };

/** Fields that belong together, as many beside one another as there is room for. */
export function Fieldset({ legend, hint, children }: FieldsetProps) {
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.fields}>{children}</div>
      {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
    </fieldset>
  );
}
