import styles from './CheckBox.module.css';

type CheckBoxProps = {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  /** What it does, for those who rest on it. */
  readonly title?: string;
  readonly isMono?: boolean;
};

/** A box to tick, and its words. */
export function CheckBox({ label, isChecked, onChange, title, isMono = false }: CheckBoxProps) {
  return (
    <label className={isMono ? `${styles.box} ${styles.mono}` : styles.box} title={title}>
      <input type="checkbox" checked={isChecked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
