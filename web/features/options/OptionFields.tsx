import { useT } from '../../i18n/t.ts';
import { CheckBox } from '../../ui/form/CheckBox.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import styles from './OptionsPanel.module.css';
import { type Flag, isInvalid, type NumberField, type OptionDraft, RANGES } from './option-draft.ts';

type OptionFieldsProps = {
  readonly draft: OptionDraft;
  readonly onChange: (draft: OptionDraft) => void;
  readonly flags: readonly Flag[];
  readonly numbers: readonly NumberField[];
};

/** One box per flag, one field per number; what is wrong is said at once, under its field. */
export function OptionFields({ draft, onChange, flags, numbers }: OptionFieldsProps) {
  const t = useT();
  return (
    <>
      <div className={styles.flags}>
        {flags.map((flag) => (
          <CheckBox
            key={flag}
            label={t.options.names[flag]}
            title={t.options.about[flag]}
            isMono
            isChecked={draft[flag]}
            onChange={(isChecked) => onChange({ ...draft, [flag]: isChecked })}
          />
        ))}
      </div>
      {numbers.map((field) => (
        <TextField
          key={field}
          label={t.options.names[field]}
          title={t.options.about[field]}
          placeholder={t.options.unset}
          isMono
          autoComplete="off"
          inputMode="numeric"
          value={draft[field]}
          error={
            isInvalid(field, draft[field]) ? t.options.invalid(RANGES[field].least, RANGES[field].most) : undefined
          }
          onChange={(text) => onChange({ ...draft, [field]: text })}
        />
      ))}
    </>
  );
}
