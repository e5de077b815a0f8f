import { type ChangeEvent, useRef, useState } from 'react';
import type { MessageToolsWords } from '../../i18n/en/message-tools.ts';
import { download } from '../../platform/download.ts';
import { useStored } from '../../platform/stored.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import type { Draft } from './draft.ts';
import styles from './MessageTools.module.css';
import {
  parseSavedFile,
  parseSavedList,
  type Saved,
  type SavedList,
  savedFile,
  withoutSaved,
  withSaved,
} from './saved.ts';

type SavedMessagesProps = {
  readonly draft: Draft;
  readonly sequence: string;
  readonly onUse: (item: Saved) => void;
  readonly t: MessageToolsWords;
};

const FILE_NAME = 'messages.json';
/** More than a hundred items of the longest kind. */
const FILE_BYTES_MAX = 16_000_000;

/** What was kept in this browser, to be used again, passed on as a file, and read from one. */
export function SavedMessages({ draft, sequence, onUse, t }: SavedMessagesProps) {
  const input = useRef<HTMLInputElement>(null);
  const [list, setList] = useStored('browser', 'composer.saved', parseSavedList);
  const [name, setName] = useState('');
  const [outcome, setOutcome] = useState('');

  function keep(item: Saved): void {
    const next = withSaved(list, item);
    setOutcome(next ? '' : t.notSaved);
    if (!next) return;
    setList(next);
    setName('');
  }
  async function onFile({ currentTarget }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = currentTarget.files?.[0];
    // The same file may be chosen again.
    currentTarget.value = '';
    if (!file) return;
    const items = file.size <= FILE_BYTES_MAX ? parseSavedFile(await file.text()) : undefined;
    if (!items) {
      setOutcome(t.notAFile);
      return;
    }
    setList(items.reduce<SavedList>((all, item) => withSaved(all, item) ?? all, list));
    setOutcome(t.opened(items.length));
  }
  return (
    <section aria-label={t.saved} className={styles.saved}>
      <h3 className={styles.legend}>{t.saved}</h3>
      <div className={styles.row}>
        <TextField label={t.name} autoComplete="off" value={name} onChange={setName} />
        <Button onClick={() => keep({ name, kind: 'message', draft })}>{t.saveMessage}</Button>
        <Button onClick={() => keep({ name, kind: 'sequence', script: sequence })}>{t.saveSequence}</Button>
        <Button
          isDisabled={list.length === 0}
          onClick={() => download(FILE_NAME, new Blob([savedFile(list)], { type: 'application/json' }))}
        >
          {t.toFile}
        </Button>
        <Button onClick={() => input.current?.click()}>{t.fromFile}</Button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label={t.fromFile}
          hidden
          onChange={(event) => void onFile(event)}
        />
        <span role="status" className={styles.problem}>
          {outcome}
        </span>
      </div>
      {list.length === 0 ? <p className={styles.about}>{t.none}</p> : null}
      <ul aria-label={t.saved} className={styles.list}>
        {list.map((item) => (
          <li key={item.name} className={styles.item}>
            <Button aria-label={t.use(item.name)} onClick={() => onUse(item)}>
              {item.name}
            </Button>
            <span className={styles.about}>{t.kinds[item.kind]}</span>
            <Button
              look="quiet"
              aria-label={t.remove(item.name)}
              onClick={() => setList(withoutSaved(list, item.name))}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
