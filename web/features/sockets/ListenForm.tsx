import { type FormEvent, useId, useState } from 'react';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import { CheckBox } from '../../ui/form/CheckBox.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import styles from './ListenForm.module.css';
import { FIRST_LISTEN, type ListenAddress, type ListenErrors, parseListenDraft } from './listen-draft.ts';

type ListenFormProps = { readonly backlogMax: number; readonly onListen: (address: ListenAddress) => void };

/** One press opens a listener on a free port; the address is there for those who want a certain one. */
export function ListenForm({ backlogMax, onListen }: ListenFormProps) {
  const t = useT();
  const id = useId();
  const [draft, setDraft] = useState(FIRST_LISTEN);
  const [errors, setErrors] = useState<ListenErrors>({});
  const [isOpen, setOpen] = useState(false);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const address = parseListenDraft(draft, backlogMax);
    if ('errors' in address) {
      setErrors(address.errors);
      setOpen(true);
      return;
    }
    setErrors({});
    onListen(address);
  }
  const fault = (code: ListenErrors['host']): string | undefined =>
    code === undefined ? undefined : `${t.errors[code].what} ${t.errors[code].tryThis}`;
  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <Button type="submit" look="quiet" className={styles.listen}>
        <span aria-hidden="true">+</span> {t.sockets.listen}
      </Button>
      <Button
        look="quiet"
        className={styles.more}
        aria-label={t.sockets.address}
        title={t.sockets.address}
        aria-expanded={isOpen}
        aria-controls={isOpen ? `${id}-address` : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden="true">{isOpen ? '▴' : '▾'}</span>
      </Button>
      {isOpen ? (
        <div id={`${id}-address`} className={styles.address}>
          <TextField
            label={t.sockets.listenHost}
            isMono
            autoComplete="off"
            value={draft.host}
            error={fault(errors.host)}
            onChange={(host) => setDraft({ ...draft, host })}
          />
          <div className={styles.numbers}>
            <TextField
              label={t.sockets.listenPort}
              title={t.sockets.listenPortHint}
              isMono
              autoComplete="off"
              inputMode="numeric"
              value={draft.port}
              error={fault(errors.port)}
              onChange={(port) => setDraft({ ...draft, port })}
            />
            <TextField
              label={t.sockets.backlog}
              title={t.sockets.backlogHint}
              isMono
              autoComplete="off"
              inputMode="numeric"
              value={draft.backlog}
              error={errors.backlog ? t.sockets.backlogInvalid(backlogMax) : undefined}
              onChange={(backlog) => setDraft({ ...draft, backlog })}
            />
          </div>
          <CheckBox
            label={t.sockets.reuseAddress}
            isMono
            isChecked={draft.isReusing}
            onChange={(isReusing) => setDraft({ ...draft, isReusing })}
          />
          <p className={styles.hint}>
            {t.sockets.listenPortHint}. {t.sockets.backlogHint}. {t.sockets.reuseAddressHint}.
          </p>
        </div>
      ) : null}
    </form>
  );
}
