import { useState } from 'react';
import { useT } from '../../i18n/t.ts';
import { download } from '../../platform/download.ts';
import type { Learning } from '../../store/lessons/learning.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FileButton } from '../../ui/form/FileButton.tsx';
import { useLive } from '../../ui/use-live.ts';
import styles from './ProgressDialog.module.css';

const FILE = 'socket-playground-progress.json';

/** What is kept of all lessons: into a file, from a file, and away. */
export function ProgressDialog({ learning, onClose }: { readonly learning: Learning; readonly onClose: () => void }) {
  const { learn } = useT();
  useLive(learning);
  const [said, setSaid] = useState<'opened' | 'notProgress' | 'forgotten'>();
  const [isAsked, setAsked] = useState(false);
  const { progress, pack } = learning;

  async function open(file: File): Promise<void> {
    setSaid(progress.open(await file.text()) ? 'opened' : 'notProgress');
  }
  function forget(): void {
    if (isAsked) {
      progress.forget();
      setSaid('forgotten');
    }
    setAsked(!isAsked);
  }
  return (
    <Dialog title={learn.progress} done={learn.close} onClose={onClose}>
      <p>{learn.progressText(learning.doneCount, pack?.lessons.length ?? 0)}</p>
      <p className={styles.about}>{learn.progressAbout}</p>
      <div className={styles.buttons}>
        <Button onClick={() => download(FILE, new Blob([progress.save()], { type: 'application/json' }))}>
          {learn.save}
        </Button>
        <FileButton label={learn.open} accept=".json,application/json" onFile={open} />
        <Button look="danger" onClick={forget}>
          {isAsked ? learn.forgetSure : learn.forget}
        </Button>
      </div>
      <p role="status">{said === undefined ? null : learn[said]}</p>
    </Dialog>
  );
}
