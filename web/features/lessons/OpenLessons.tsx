import { useState } from 'react';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { useT } from '../../i18n/t.ts';
import type { Learning } from '../../store/lessons/learning.ts';
import { Button } from '../../ui/Button.tsx';
import { FileButton } from '../../ui/form/FileButton.tsx';
import styles from './OpenLessons.module.css';

/** Lessons of one's own from a file, judged by the validator that the built-in ones pass. */
export function OpenLessons({ learning }: { readonly learning: Learning }) {
  const { learn } = useT();
  const [refusal, setRefusal] = useState<string>();

  async function open(file: File): Promise<void> {
    try {
      learning.openOwn(await file.text(), file.name);
      setRefusal(undefined);
    } catch (error) {
      setRefusal(PlaygroundError.from(error).message);
    }
  }
  return (
    <>
      <FileButton label={learn.openLessons} accept=".json,application/json" onFile={open} />
      {learning.isOwn ? (
        <Button look="quiet" onClick={() => learning.leaveOwn()}>
          {learn.leaveLessons}
        </Button>
      ) : null}
      {learning.hasServed && !learning.isOwn ? (
        <Button look="quiet" onClick={() => learning.showServed(!learning.isServed)}>
          {learning.isServed ? learn.pageLessons : learn.servedLessons}
        </Button>
      ) : null}
      {refusal === undefined ? null : (
        <p role="alert" className={styles.refusal}>
          {learn.refused(refusal)}
        </p>
      )}
    </>
  );
}
