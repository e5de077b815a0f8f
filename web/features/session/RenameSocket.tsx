import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { NAME_LENGTH_MAX } from '../../../trace/export/recording.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { Button } from '../../ui/Button.tsx';
import field from '../../ui/form/Input.module.css';
import styles from './SocketBar.module.css';

/** A name of one's own for a socket, in place of its role and number. Enter keeps it, Escape leaves it as it was; an empty one takes it away. */
export function RenameSocket({ record }: { readonly record: SocketTrace }) {
  const t = useT();
  const words = useToolWords();
  const [draft, setDraft] = useState<string>();
  const opener = useRef<HTMLButtonElement>(null);
  const label = socketLabel(t, record);

  function close(): void {
    setDraft(undefined);
    opener.current?.focus();
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    record.rename(draft ?? '');
    close();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  }
  return (
    <>
      <Button
        ref={opener}
        look="quiet"
        className={styles.rename}
        aria-label={words.rename(label)}
        title={words.rename(label)}
        aria-expanded={draft !== undefined}
        onClick={() => setDraft(draft === undefined ? (record.name ?? '') : undefined)}
      >
        <span aria-hidden="true">✎</span>
      </Button>
      {draft === undefined ? null : (
        <form className={styles.name} data-by-hand onSubmit={onSubmit}>
          <input
            ref={focusOnce}
            className={field.input}
            aria-label={words.name}
            placeholder={label}
            value={draft}
            maxLength={NAME_LENGTH_MAX}
            autoComplete="off"
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <Button type="submit">{words.keepName}</Button>
        </form>
      )}
    </>
  );
}

/** The field comes by a press: one goes on in it. */
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}
