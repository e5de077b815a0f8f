import { useId, useState } from 'react';
import { useT } from '../../i18n/t.ts';
import { copyText } from '../../platform/copy-text.ts';
import { download } from '../../platform/download.ts';
import { encodeFragment, PROGRAMS_MAX } from '../../store/programs/shared-programs.ts';
import { FIRST_PEERS } from '../../store/programs/task.ts';
import type { Workbench } from '../../store/programs/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import field from '../../ui/form/Input.module.css';
import { ProgramChoice } from './ProgramChoice.tsx';
import styles from './ProgramPage.module.css';

type ProgramBarProps = { readonly workbench: Workbench; readonly version: string };

/** What concerns all programs of the page. */
export function ProgramBar({ workbench, version }: ProgramBarProps) {
  const t = useT().program;
  const id = useId();
  const [link, setLink] = useState<{ readonly url: string; readonly isCopied: boolean }>();
  const programs = workbench.programs();
  const isRunning = programs.some((program) => program.isRunning);

  async function share(): Promise<void> {
    const url = new URL(window.location.href);
    url.search = '';
    url.hash = await encodeFragment(workbench.shared());
    setLink({ url: url.href, isCopied: await copyText(url.href) });
  }
  async function zip(): Promise<void> {
    const { zipOf } = await import('./zip.ts');
    const shown = {
      name: workbench.own?.name ?? t.examples[workbench.example ?? 'timestamp'],
      ...workbench.shared(),
      files: workbench.folder.files(),
    };
    download('programs.zip', zipOf([...workbench.saved().filter(({ id }) => id !== workbench.own?.id), shown]));
  }
  return (
    <div className={styles.bar}>
      <h1>{t.title}</h1>
      <ProgramChoice workbench={workbench} />
      <Button onClick={() => void share()}>{t.share}</Button>
      <Button title={t.zipHint} onClick={() => void zip()}>
        {t.zip}
      </Button>
      {workbench.task || workbench.lesson !== undefined ? null : (
        <Button title={t.task.addHint} onClick={() => workbench.setTask({ text: '', peers: FIRST_PEERS })}>
          {t.task.add}
        </Button>
      )}
      <span className={styles.hint}>{t.hint(version)}</span>
      <span className={styles.all}>
        <Button isDisabled={programs.length >= PROGRAMS_MAX} onClick={() => workbench.addClient()}>
          {t.addClient}
        </Button>
        {isRunning ? (
          <Button look="danger" onClick={() => workbench.list.stopAll()}>
            {t.stopBoth}
          </Button>
        ) : null}
        <Button look="primary" onClick={() => workbench.list.runAll()}>
          {t.runBoth}
        </Button>
      </span>
      {link ? (
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
          <Button look="quiet" aria-label="✕" onClick={() => setLink(undefined)}>
            ✕
          </Button>
        </div>
      ) : null}
    </div>
  );
}
