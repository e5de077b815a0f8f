import { type ReactNode, useId } from 'react';
import { useT } from '../../i18n/t.ts';
import field from '../../ui/form/Input.module.css';
import toolbar from '../../ui/Toolbar.module.css';
import styles from './EventTable.module.css';
import type { FilterProblem } from './filter-query.ts';

type FilterBoxProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem: FilterProblem | undefined;
  readonly shown: number;
  readonly all: number;
  readonly children?: ReactNode;
};

/** A line for words and keys, what is wrong with them, and how much they leave. Escape clears it. */
export function FilterBox({ value, onChange, problem, shown, all, children }: FilterBoxProps) {
  const t = useT();
  const id = useId();
  return (
    <div className={`${toolbar.bar} ${styles.filter}`}>
      <label htmlFor={id}>{t.table.filter}</label>
      <input
        className={`${field.input} ${field.mono}`}
        id={id}
        type="text"
        value={value}
        placeholder={t.table.filterPlaceholder}
        title={t.table.filterHint}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={`${id}-about`}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.preventDefault();
          onChange('');
        }}
      />
      <span id={`${id}-about`} className={problem ? styles.problem : styles.count}>
        {problem ? t.table.filterKeys[problem.key] : value === '' ? t.table.all(all) : t.table.shown(shown, all)}
      </span>
      {children}
    </div>
  );
}
