import { useId } from 'react';
import styles from './RadioGroup.module.css';

type RadioGroupProps<Value extends string> = {
  /** The accessible name of the group. */
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** A shorter word that is shown before the group. */
  readonly caption?: string;
  readonly hint?: string;
};

/** Native radio buttons drawn as segments: arrows and one tab stop are the browser's. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, options, value, onChange, caption, hint } = props;
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} title={hint} className={styles.group}>
      {caption === undefined ? null : (
        <span aria-hidden="true" className={styles.caption}>
          {caption}
        </span>
      )}
      <span className={styles.segments}>
        {options.map((option) => (
          <label key={option.value} className={styles.segment}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </span>
    </div>
  );
}
