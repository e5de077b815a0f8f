import styles from './Composer.module.css';
import type { Draft } from './draft.ts';
import { useMessageToolsWords } from './message-tools-words.ts';

/** What is to be said of the link that the page was opened by. */
export type LinkOrigin = 'linked' | 'too-long';

type MessageNotesProps = { readonly checksum: Draft['checksum']; readonly origin: LinkOrigin | undefined };

/** Beside the count: what stands behind the message, and that a link has filled it in. */
export function MessageNotes({ checksum = 'none', origin }: MessageNotesProps) {
  const t = useMessageToolsWords();
  return (
    <>
      {checksum === 'none' ? null : <span>{t.withChecksum[checksum]}</span>}
      {origin === undefined ? null : <span className={styles.unready}>{t.link[origin]}</span>}
    </>
  );
}
