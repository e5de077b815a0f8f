import { useState } from 'react';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import { download } from '../../platform/download.ts';
import { PROGRAMS_MAX } from '../../store/programs/shared-programs.ts';
import type { Workbench } from '../../store/programs/workbench.ts';
import { FIRST_PEERS } from '../../store/tasks/task.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgramChoice } from './ProgramChoice.tsx';
import styles from './ProgramPage.module.css';
import { ShareRow } from './ShareRow.tsx';
import { useShareLink } from './use-share-link.ts';

const OutsidePanel = deferred(
  async () => (await import('../../workplaces/program/outside/OutsidePanel.tsx')).OutsidePanel,
);

type ProgramBarProps = { readonly workbench: Workbench; readonly version: string };

/** What concerns all programs of the page. */
export function ProgramBar({ workbench, version }: ProgramBarProps) {
  const t = useT().program;
  const { link, ...sharing } = useShareLink(workbench);
  const [isOutsideShown, setOutsideShown] = useState(false);
  const programs = workbench.programs();
  const isRunning = programs.some((program) => program.isRunning);

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
      <Button onClick={() => void sharing.share()}>{t.share}</Button>
      <Button title={t.zipHint} onClick={() => void zip()}>
        {t.zip}
      </Button>
      <Button title={t.outsideHint} aria-expanded={isOutsideShown} onClick={() => setOutsideShown(!isOutsideShown)}>
        {t.outside}
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
        <ShareRow
          link={link}
          inputCount={sharing.inputCount}
          onInput={(hasInput) => void sharing.setInput(hasInput)}
          onClose={sharing.close}
        />
      ) : null}
      {isOutsideShown ? <OutsidePanel workbench={workbench} onClose={() => setOutsideShown(false)} /> : null}
    </div>
  );
}
