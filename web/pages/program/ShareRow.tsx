import { useId } from 'react';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import { CheckBox } from '../../ui/form/CheckBox.tsx';
import field from '../../ui/form/Input.module.css';
import styles from './ProgramPage.module.css';
import type { ShareLink } from './use-share-link.ts';

type ShareRowProps = {
  readonly link: ShareLink;
  readonly inputCount: number;
  readonly onInput: (hasInput: boolean) => void;
  readonly onClose: () => void;
};

/** The link, to be copied by hand too, and what it carries beside the programs. */
export function ShareRow({ link, inputCount, onInput, onClose }: ShareRowProps) {
  const t = useT().program;
  const id = useId();
  return (
    <div className={styles.link} role="status">
      <label htmlFor={id}>{link.isCopied ? t.shareCopied : t.shareByHand}</label>
      <input
        id={id}
        className={`${field.input} ${field.mono}`}
        aria-label={t.shareLabel}
        readOnly
        value={link.url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button look="quiet" aria-label="✕" onClick={onClose}>
        ✕
      </Button>
      {inputCount > 0 ? (
        <CheckBox label={t.shareInput(inputCount)} isChecked={link.hasInput} onChange={onInput} />
      ) : null}
    </div>
  );
}
