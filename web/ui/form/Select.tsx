import { useId } from 'react';
import styles from './Select.module.css';

type Option<Value extends string> = { readonly value: Value; readonly label: string };
type Group<Value extends string> = { readonly label: string; readonly options: readonly Option<Value>[] };

type SelectProps<Value extends string> = {
  /** The accessible name. */
  readonly label: string;
  /** Whether the label is shown before the list. */
  readonly isCaptioned?: boolean;
  readonly options: readonly (Option<Value> | Group<Value>)[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string | undefined;
};

/** One of several, from the browser's own list; some of them may stand in groups. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, isCaptioned = false, options, value, onChange, className } = props;
  const id = useId();
  const all = options.flatMap((one) => ('options' in one ? one.options : [one]));
  const select = (
    <select
      id={id}
      aria-label={isCaptioned ? undefined : label}
      className={[styles.select, className].filter(Boolean).join(' ')}
      value={value}
      onChange={({ target }) => {
        const chosen = all[target.selectedIndex];
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((one) =>
        'options' in one ? (
          <optgroup key={one.label} label={one.label}>
            {one.options.map((option) => drawn(option))}
          </optgroup>
        ) : (
          drawn(one)
        ),
      )}
    </select>
  );
  if (!isCaptioned) return select;
  return (
    <span className={styles.captioned}>
      <label htmlFor={id}>{label}</label>
      {select}
    </span>
  );
}

function drawn({ value, label }: Option<string>) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
