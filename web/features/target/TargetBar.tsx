import { type ClipboardEvent, type FormEvent, type ReactNode, type Ref, useId, useState } from 'react';
import { useT } from '../../i18n/t.ts';
import { typedError } from '../../i18n/typed-error.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/form/Select.tsx';
import styles from './TargetBar.module.css';
import {
  type DraftErrors,
  FIRST_TARGET,
  isPath,
  parseTargetDraft,
  splitTarget,
  type TargetDraft,
} from './target-draft.ts';

const PROTOCOLS = [
  { value: 'tcp', label: 'TCP' },
  { value: 'udp', label: 'UDP' },
] as const;
/** Chosen by a path in the place of the host. */
const WITH_UNIX = [...PROTOCOLS, { value: 'unix', label: 'Unix' }] as const;

type TargetBarProps = {
  readonly draft: TargetDraft;
  readonly onChange: (draft: TargetDraft) => void;
  readonly onConnect: () => void;
  readonly hostRef: Ref<HTMLInputElement>;
  /** More buttons, after Connect. */
  readonly children?: ReactNode;
};

/** Where to: protocol, host, port. Nothing is checked while one types, all of it when one connects. */
export function TargetBar({ draft, onChange, onConnect, hostRef, children }: TargetBarProps) {
  const t = useT();
  const id = useId();
  const [errors, setErrors] = useState<DraftErrors>({});

  function change(part: Partial<TargetDraft>): void {
    setErrors({});
    onChange({ ...draft, ...part });
  }
  function onPaste(event: ClipboardEvent<HTMLInputElement>): void {
    const whole = splitTarget(event.clipboardData.getData('text'), draft.protocol);
    if (!whole) return;
    event.preventDefault();
    change(whole);
  }
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const target = parseTargetDraft(draft);
    if (!('errors' in target)) {
      onConnect();
      return;
    }
    setErrors(target.errors);
    // To the field that has to be corrected.
    const field = event.currentTarget.elements.namedItem(target.errors.host ? 'host' : 'port');
    if (field instanceof HTMLElement) field.focus();
  }
  const isUnix = isPath(draft);
  const call = draft.protocol === 'udp' ? 'sendto' : 'connect';
  const faults = [
    ...(errors.host ? [{ code: errors.host, text: draft.host }] : []),
    ...(errors.port ? [{ code: errors.port, text: draft.port }] : []),
  ].map(({ code, text }) => ({ code, ...typedError(t, code, { text, call }) }));
  return (
    <form className={styles.bar} aria-label={t.target.form} onSubmit={onSubmit} noValidate>
      <Select
        label={t.target.protocol}
        className={styles.protocol}
        options={isUnix ? WITH_UNIX : PROTOCOLS}
        value={isUnix ? 'unix' : draft.protocol}
        onChange={(protocol) => {
          if (protocol !== 'unix') change({ protocol, ...(isUnix ? { host: FIRST_TARGET.host } : {}) });
        }}
      />
      <div className={styles.address} data-invalid={faults.length > 0 || undefined}>
        <input
          ref={hostRef}
          aria-label={t.target.host}
          name="host"
          className={styles.host}
          value={draft.host}
          aria-invalid={errors.host !== undefined || undefined}
          aria-describedby={errors.host === undefined ? undefined : `${id}-errors`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => change({ host: event.target.value })}
          onPaste={onPaste}
        />
        {isUnix ? null : (
          <>
            <span aria-hidden="true" className={styles.colon}>
              :
            </span>
            <input
              aria-label={t.target.port}
              name="port"
              className={styles.port}
              value={draft.port}
              aria-invalid={errors.port !== undefined || undefined}
              aria-describedby={errors.port === undefined ? undefined : `${id}-errors`}
              autoComplete="off"
              inputMode="numeric"
              onChange={(event) => change({ port: event.target.value })}
            />
          </>
        )}
      </div>
      <Button type="submit" look="primary">
        {t.target.connect}
      </Button>
      {children}
      {faults.length === 0 ? null : (
        <div id={`${id}-errors`} role="alert" className={styles.errors}>
          {faults.map(({ code, what, tryThis, python }) => (
            <p key={code}>
              <strong>{what}</strong> {tryThis} {t.session.python} <code>{python}</code>
            </p>
          ))}
        </div>
      )}
    </form>
  );
}
